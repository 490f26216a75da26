"""Ids, names and quotes that look like a terminal's markup are shown as they are by every screen."""

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pyarrow as pa
import pytest
from rich.console import Console
from typer.testing import CliRunner

from coachlake.cli.app import app
from coachlake.cli.summary import print_summary
from coachlake.lake.connection import create_raw_tables, lake
from coachlake.lake.rows import CallFacts, quarantined_rows, to_tables
from coachlake.lake.tables import DELIVERED_ENTRIES, PRACTICE_ASSIGNMENTS
from coachlake.lake.writer import replace_calls, replace_entries, upsert
from coachlake.settings import Settings

_ODD = "a[/]b [red]c"
_NIGHT = date(2026, 11, 20)


@pytest.fixture
def odd_lake(empty_settings: Settings) -> Settings:
    """A call of an odd id that is refused, one that is asked about, and what was delivered."""
    with lake(empty_settings) as connection:
        create_raw_tables(connection)
    for call_id, status in ((_ODD, "quarantined"), (f"{_ODD}?", "asked")):
        facts = CallFacts(call_id, _ODD, _ODD, datetime(2026, 11, 20, tzinfo=UTC), _NIGHT, "service")
        rows = quarantined_rows(facts, f"file {_ODD} is not in the folder", "v")
        rows["calls"][0]["status"] = status
        said = {"label": _ODD, "role": None, "word_count": 3, "first_start_s": 0.0, "first_words": _ODD}
        rows["participants"] = [said | {"call_id": call_id, "batch_date": _NIGHT}]
        replace_calls(empty_settings, to_tables(rows))
    entry: dict[str, Any] = {"used_as": "call", "call_id": _ODD, "reason": None, "bytes": 1, "batch_date": _NIGHT}
    entries = [entry | {"entry": _ODD}, entry | {"entry": "[/]", "used_as": "ignored", "call_id": None, "reason": _ODD}]
    replace_entries(empty_settings, [_NIGHT], pa.Table.from_pylist(entries, schema=DELIVERED_ENTRIES))
    due = {"assignment_id": "1", "rep_id": _ODD, "scenario_id": "s", "criterion_id": "c", "due_on": _NIGHT}
    upsert(empty_settings, "practice_assignments", pa.Table.from_pylist([due], schema=PRACTICE_ASSIGNMENTS))
    return empty_settings


@pytest.mark.parametrize(
    "arguments",
    [["landed"], ["landed", "2026-11-20", "--only", "refused"], ["roles"], ["roles", f"{_ODD}?"],
     ["roles", f"{_ODD}?", "--rep", _ODD], ["init", f"/nowhere/{_ODD}"],
     ["rubric", "check", f"/nowhere/{_ODD}.yaml"], ["practice", "play", _ODD]],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_a_command_shows_markup_as_text(
    arguments: list[str], odd_lake: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    done = CliRunner().invoke(app, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert _ODD in done.output


def test_the_summary_adds_up_and_shows_markup_as_text(odd_lake: Settings) -> None:
    shown = StringIO()
    print_summary(odd_lake, Console(file=shown, width=300), [_NIGHT])
    text = shown.getvalue()
    assert f"{_ODD}: file {_ODD} is not in the folder" in text
    assert "0 calls scored, 1 asked about, 1 quarantined" in text
    assert "coverage 0% of 2 landed" in text
    assert "Delivered: 2 entries: 1 refused, 1 ignored" in text


def test_a_summary_of_no_call_claims_no_coverage(odd_lake: Settings) -> None:
    shown = StringIO()
    print_summary(odd_lake, Console(file=shown, width=300), [date(2026, 11, 21)])
    assert "No call landed for these nights." in shown.getvalue()
    assert "100" not in shown.getvalue()
