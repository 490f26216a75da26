"""One wrong row holds back the marts built from it, named, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coachlake.cli.run import run_nightly
from coachlake.cli.status import read_status
from coachlake.lake.connection import lake
from coachlake.lake.publish import held_back
from coachlake.settings import Settings, load_settings
from tests.asked_calls import NIGHT
from tests.conftest import copy_of
from tests.reading import rows


def test_a_wrong_review_holds_back_reviews_and_the_rest_is_published(
    asked_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = copy_of(asked_settings, tmp_path / "home")
    monkeypatch.setenv("COACHLAKE_HOME", str(home))
    monkeypatch.setenv("DAGSTER_HOME", str(home / "dagster"))
    settings = replace(load_settings(), model_profile="fast")
    pinned = "SELECT view_name, sql FROM duckdb_views() WHERE schema_name = 'published' AND view_name = '{}'"
    before = {table: rows(settings, pinned.format(table)) for table in ("calls", "review_agreements")}
    with lake(settings) as connection:
        for level in ("good", "poor"):  # one review twice, not as one another's correction
            connection.execute(
                "INSERT INTO lake.raw.human_reviews (review_id, call_id, criterion_id, level, reviewed_at) "
                "VALUES ('v-twice', 'clear', 'empathy', ?, ?)",
                [level, datetime(2026, 11, 25, tzinfo=UTC)],
            )
    assert not run_nightly(settings, NIGHT, NIGHT)
    held = held_back(settings)
    assert set(held) == {"review_agreements"}
    assert "v-twice" in held["review_agreements"], "the row is named"
    assert rows(settings, pinned.format("review_agreements")) == before["review_agreements"]
    assert rows(settings, pinned.format("calls")) != before["calls"]
    assert "held back: review_agreements" in capsys.readouterr().err
    status = read_status(settings)
    assert any(line.startswith("review_agreements shows an earlier state") for line in status.held)

    with lake(settings) as connection:
        connection.execute("DELETE FROM lake.raw.human_reviews WHERE level = 'poor'")
    assert run_nightly(settings, NIGHT, NIGHT)
    assert held_back(settings) == {}
    assert rows(settings, pinned.format("review_agreements")) != before["review_agreements"]
