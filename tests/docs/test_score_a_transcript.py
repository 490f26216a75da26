"""The examples in docs/score_a_transcript.md run as they stand, without Dagster or Ray."""

import os
import re
import subprocess
import sys
from pathlib import Path

from coachlake.settings import REPOSITORY, Settings

_NO_MACHINERY = "import sys\nassert not {'ray', 'dagster', 'streamlit'} & sys.modules.keys()\n"
_BLOCKS = re.findall(
    r"```python\n(.+?)```", (REPOSITORY / "docs" / "score_a_transcript.md").read_text(encoding="utf-8"), re.DOTALL
)
_LAKE = next(block for block in _BLOCKS if "open_lake" in block)


def _run(blocks: list[str], home: Path) -> str:
    code = "\n".join([*blocks, _NO_MACHINERY])
    environ = os.environ | {"COACHLAKE_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, env=environ, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_scores_its_transcript(tmp_path: Path) -> None:
    said = _run([block for block in _BLOCKS if block != _LAKE], tmp_path)
    assert "empathy: good" in said
    assert re.search(r"interruptions +not applicable", said)
    assert re.search(r"question +open .+What happened exactly\?", said)


def test_the_example_reads_a_lake(demo_settings: Settings) -> None:
    said = _run([_BLOCKS[0].splitlines()[0], _LAKE], demo_settings.home)
    assert re.search(r"empathy +\d+ +\d+\.\d", said)
