"""Whoever reads, in whatever way, finds their own rows: each viewer's connection is searched for everybody else's."""

from collections.abc import Iterator

import duckdb
import pytest

from coachlake.access.connection import connect_for
from coachlake.access.tables import PUBLISHED, RAW
from coachlake.access.viewer import LOCAL, Role, Viewer
from coachlake.lake.sql import identifier
from coachlake.lake.tables import RAW_TABLES
from coachlake.settings import Settings
from tests.access.centre import TEAMS, filled, marts

ANN = Viewer("ann@centre.example", frozenset({Role.REP}), rep_id="ann")
NORTH = Viewer("coach@centre.example", frozenset({Role.COACH}), teams=frozenset({"north"}))
LEADER = Viewer("leader@centre.example", frozenset({Role.LEADER}))
GRANTED = Viewer("head@centre.example", frozenset({Role.LEADER}), is_granted_quotes=True)
SCIENTIST = Viewer("data@centre.example", frozenset({Role.DATA_SCIENTIST}))
ADMIN = Viewer("admin@centre.example", frozenset({Role.ADMIN}))
_OF_PEOPLE = {name for name, about in PUBLISHED.items() if about.owner not in ("centre", "all")}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return filled(tmp_path_factory.mktemp("centre"))


def _told(settings: Settings, viewer: Viewer) -> dict[str, str]:
    """Everything a viewer's connection gives, a text a table."""
    told = {}
    with connect_for(settings, viewer) as connection:
        for schema, name in connection.execute(
            "SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'lake'"
        ).fetchall():
            found = connection.execute(f"SELECT * FROM {identifier('lake', schema, name)}").fetchall()
            told[f"{schema}.{name}"] = repr(found)
    return told


def _tables_with(told: dict[str, str], rep: str) -> set[str]:
    """The tables that hold something of a rep. Of figures of the centre each row was written in somebody's name."""
    centre = {f"published.{name}" for name in PUBLISHED if name not in _OF_PEOPLE} | {"raw.rubric_criteria"}
    return {
        table for table, text in told.items() if table not in centre and (f"of {rep}" in text or f"'{rep}'" in text)
    }


def test_every_published_table_has_its_rule() -> None:
    assert {name for name, _ in marts()} | {"data_dictionary", "held_back"} == set(PUBLISHED)
    assert set(RAW) <= set(RAW_TABLES)
    columns = dict(marts())
    for name, about in PUBLISHED.items():
        if name in columns:
            assert {*about.ids, *about.words} <= set(columns[name]), name
            hidden = {
                "rep_id",
                "call_id",
                "evidence_id",
                "score_id",
                "rep_name",
                "quote",
                "text",
                "note",
                "reviewer_id",
            }
            assert hidden & set(columns[name]) <= {*about.ids, *about.words}, name


def test_a_rep_reads_their_own_and_nothing_else(settings: Settings) -> None:
    told = _told(settings, ANN)
    assert {f"published.{name}" for name in _OF_PEOPLE} <= _tables_with(told, "ann")
    assert _tables_with(told, "bob") == set()
    assert _tables_with(told, "cal") == set()
    # Figures of the whole centre are not theirs either.
    assert told["published.outcome_correlations"] == "[]"
    assert told["published.data_checks"] == "[]"


def test_a_coach_reads_their_teams_and_no_other(settings: Settings) -> None:
    told = _told(settings, NORTH)
    for rep in ("ann", "cal"):
        assert {f"published.{name}" for name in _OF_PEOPLE} <= _tables_with(told, rep)
    assert _tables_with(told, "bob") == set()
    assert told["published.outcome_correlations"] != "[]"


@pytest.mark.parametrize("viewer", [LEADER, SCIENTIST], ids=["leader", "data scientist"])
def test_figures_of_all_name_nobody_and_quote_nobody(settings: Settings, viewer: Viewer) -> None:
    told = _told(settings, viewer)
    for rep in TEAMS:
        named = {table for table, text in told.items() if f"'{rep}'" in text or f"call-of-{rep}" in text}
        assert named == set()
        for words in ("quote", "text", "note", "why", "first_words", "rep_name", "reviewer_id", "audio_uri"):
            assert [table for table, text in told.items() if f"'{words} of {rep}'" in text] == []
    with connect_for(settings, viewer) as connection:
        joined = "SELECT count(*) FROM lake.published.call_turns JOIN lake.published.calls USING (call_id)"
        assert connection.execute(joined).fetchone() == (3,), "pseudonyms join"
        teams = connection.execute("SELECT DISTINCT team_id FROM lake.published.calls ORDER BY 1").fetchall()
        assert teams == [("north",), ("south",)]


def test_who_is_granted_quotes_reads_all(settings: Settings) -> None:
    for viewer in (GRANTED, ADMIN, LOCAL):
        told = _told(settings, viewer)
        for rep in TEAMS:
            assert {f"published.{name}" for name in _OF_PEOPLE} <= _tables_with(told, rep)


def test_roles_add_up(settings: Settings) -> None:
    both = Viewer("c@centre.example", frozenset({Role.COACH, Role.DATA_SCIENTIST}), teams=frozenset({"north"}))
    told = _told(settings, both)
    assert "quote of ann" in told["published.call_evidence"]
    assert "quote of bob" not in told["published.call_evidence"]
    with connect_for(settings, both) as connection:
        assert connection.execute("SELECT count(*) FROM lake.published.call_evidence").fetchone() == (3,)


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("x", frozenset({Role.REP})),
        Viewer("x", frozenset({Role.COACH})),
        Viewer("x", frozenset({Role.REP}), rep_id="' OR true --"),
        Viewer("x", frozenset({Role.COACH}), teams=frozenset({"') OR true --"})),
        Viewer("x", frozenset({Role.REP}), rep_id="dan", teams=frozenset({"north"})),
        Viewer("x", frozenset({Role.COACH}), rep_id="ann", teams=frozenset({"nowhere"})),
        Viewer("x", frozenset()),
    ],
)
def test_a_role_without_whose_it_is_gives_nothing(settings: Settings, viewer: Viewer) -> None:
    told = _told(settings, viewer)
    assert all(_tables_with(told, rep) == set() for rep in TEAMS)


@pytest.fixture
def reader(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect_for(settings, ANN) as connection:
        yield connection


@pytest.mark.parametrize("table", ["lake.marts.calls", "lake.raw.turns", "lake.raw.evidence", "lake.raw.calibrations"])
def test_what_has_no_rule_is_not_there(reader: duckdb.DuckDBPyConnection, table: str) -> None:
    with pytest.raises(duckdb.CatalogException):
        reader.execute(f"SELECT * FROM {table}")
