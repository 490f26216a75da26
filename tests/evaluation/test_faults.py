"""The campaign of faults: its comparison sees one row more or less, and a small part of it on the real parts."""

from pathlib import Path

from evaluation.faults.campaign.kills import NIGHT_TABLES, verdict
from evaluation.faults.campaign.tables import differences
from evaluation.faults.campaign.world import Ended, World
from evaluation.faults.outcome import Outcome, read, table, write


def test_a_row_missing_strange_or_twice_is_a_difference() -> None:
    wanted = {"raw.calls": ["a", "b"], "raw.turns": []}
    assert differences(wanted, {"raw.calls": ["a", "b"], "raw.turns": []}) == []
    (missing,) = differences(wanted, {"raw.calls": ["a"], "raw.turns": []})
    assert (missing.missing, missing.strange) == (1, 0)
    (twice,) = differences(wanted, {"raw.calls": ["a", "b", "b"]})
    assert (twice.missing, twice.strange) == (0, 1)


def test_waiting_for_ever_and_a_stack_trace_are_told_apart(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    trace = "Traceback (most recent call last)\nValueError"
    ends = {"blocked": Ended(None, "", 9.0), "raw": Ended(1, trace, 9.0)}
    for expected, ended in ends.items():
        assert verdict("a kind", "a case", ended, {}, world, NIGHT_TABLES).outcome == expected


def test_outcomes_are_kept_and_counted(tmp_path: Path) -> None:
    outcomes = [Outcome("kill", "1", "right"), Outcome("kill", "2", "lost", "a row"), Outcome("disk", "1", "blocked")]
    write(tmp_path / "outcomes.json", outcomes)
    assert read(tmp_path / "outcomes.json") == outcomes
    shown = table(outcomes)
    assert [list(column.cells) for column in shown.columns][:4] == [
        ["kill", "disk"],
        ["2", "1"],
        ["1", "0"],
        ["1", "0"],
    ]
    assert [column.footer for column in shown.columns] == ["all", "3", "1", "1", "1", "0"]
