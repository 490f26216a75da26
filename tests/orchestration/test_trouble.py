"""What stops a command is told in a sentence, with what to do."""

from pathlib import Path

import pytest

from coachlake.cli.trouble import meaning, tell
from coachlake.lake.connection import LakeUnreadableError
from coachlake.settings import Settings


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "no space left to write"),
        ("duckdb.Error: database is locked", "another program holds"),
        ("sqlite3.DatabaseError: database disk image is malformed", "coachlake lake verify"),
        ("KeyError: 'x'\nmore", "KeyError: 'x' more"),
        ("command `dbt build` failed\n\nErrors parsed from the logs:\n\nDatabase Error in calls", "Database Error in"),
    ],
)
def test_known_words_get_a_meaning_and_others_one_line(message: str, told: str) -> None:
    assert told in meaning(message)
    assert "\n" not in meaning(message)


def test_the_stack_trace_goes_to_a_file(empty_settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise OSError(28, "No space left on device")
    except OSError as error:
        tell(error)
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "Free some" in said
    assert "Traceback" in Path(empty_settings.home, "logs", "errors.log").read_text(encoding="utf-8")
    tell(LakeUnreadableError("the lake's files are not in [here]"))
    assert "not in [here]" in capsys.readouterr().err
