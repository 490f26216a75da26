"""The example in docs/score_a_transcript.md runs as it stands, without Dagster or Ray."""

import re
import subprocess
import sys

from coachlake.settings import REPOSITORY

_NO_MACHINERY = "import sys\nassert not {'ray', 'dagster'} & sys.modules.keys()\n"


def test_the_example_scores_its_transcript() -> None:
    text = (REPOSITORY / "docs" / "score_a_transcript.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    assert len(blocks) == 2
    code = "\n".join([*blocks, _NO_MACHINERY])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.returncode == 0, done.stderr
    assert "empathy: good" in done.stdout
    assert re.search(r"interruptions +not applicable", done.stdout)
