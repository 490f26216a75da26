"""One wrong row costs its call or holds back the marts built from it, named, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coachlake.cli.run import run_nightly
from coachlake.cli.status import read_status
from coachlake.lake.connection import lake
from coachlake.lake.publish import held_back
from coachlake.lake.tables import PER_CALL_TABLES
from coachlake.settings import Settings, load_settings
from tests.asked_calls import NIGHT
from tests.conftest import copy_of
from tests.reading import one, rows


def test_a_wrong_review_holds_back_reviews_a_wrong_quote_its_call_and_the_rest_is_published(
    asked_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = copy_of(asked_settings, tmp_path / "home")
    monkeypatch.setenv("COACHLAKE_HOME", str(home))
    monkeypatch.setenv("DAGSTER_HOME", str(home / "dagster"))
    settings = replace(load_settings(), model_profile="fast")
    pinned = "SELECT view_name, sql FROM duckdb_views() WHERE schema_name = 'published' AND view_name = '{}'"
    before = {table: rows(settings, pinned.format(table)) for table in ("calls", "review_agreements")}
    calls = "SELECT call_id, status, reason FROM lake.published.calls ORDER BY 1"
    calls_before = rows(settings, calls)
    assert ("passed_on", "scored", None) in calls_before
    with lake(settings) as connection:
        for level in ("good", "poor"):  # one review twice, not as one another's correction
            connection.execute(
                "INSERT INTO lake.raw.human_reviews "
                "(review_id, call_id, criterion_id, reviewer_id, level, is_dispute, is_blind, reviewed_at) "
                "VALUES ('v-twice', 'clear', 'empathy', 'lead', ?, false, false, ?)",
                [level, datetime(2026, 11, 25, tzinfo=UTC)],
            )
        # What a check on the raw rows names: a quote that nobody said.
        connection.execute("UPDATE lake.raw.evidence SET quote = 'Nobody said this.' WHERE call_id = 'passed_on'")
    assert not run_nightly(settings, NIGHT, NIGHT)
    held = held_back(settings)
    assert set(held) == {"review_agreements"}
    assert "v-twice" in held["review_agreements"], "the row is named"
    assert rows(settings, pinned.format("review_agreements")) == before["review_agreements"]
    assert rows(settings, pinned.format("calls")) != before["calls"]
    shown = capsys.readouterr().err
    assert "held back: review_agreements" in shown
    assert "check evidence__is_quote_verbatim__be_in_set" in shown
    became = {call_id: tuple(told) for call_id, *told in rows(settings, calls)}
    is_now, reason = became.pop("passed_on")
    assert is_now == "quarantined"
    assert "verbatim" in reason
    assert "Nobody said this." in reason
    assert became == {call_id: tuple(told) for call_id, *told in calls_before if call_id != "passed_on"}
    of_call = "SELECT count(*) FROM lake.raw.{} WHERE call_id = 'passed_on'"
    assert [one(settings, of_call.format(table)) for table in PER_CALL_TABLES] == [1, 0, 0, 0, 0, 0, 0]
    status = read_status(settings)
    assert any(line.startswith("review_agreements shows an earlier state") for line in status.held)

    with lake(settings) as connection:
        connection.execute("DELETE FROM lake.raw.human_reviews WHERE level = 'poor'")
    assert run_nightly(settings, NIGHT, NIGHT)
    assert held_back(settings) == {}
    assert rows(settings, pinned.format("review_agreements")) != before["review_agreements"]
    assert rows(settings, calls) == calls_before, "the next run takes the call up again"
