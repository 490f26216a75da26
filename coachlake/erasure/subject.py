"""Who is to be forgotten, and what of theirs is kept where."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import duckdb

from coachlake.erasure.delivered import owned_rows
from coachlake.erasure.traces import Traces
from coachlake.lake.connection import ALIAS, create_raw_tables
from coachlake.landing.facts import CallFactsError, find_facts_file
from coachlake.landing.night_folder import landed_nights, night_folder
from coachlake.landing.tables import TableError
from coachlake.settings import Settings

Kind = Literal["call", "rep", "customer"]
# Texts shorter than this are anybody's: "Yes, thank you."
_TELLING = 25
_CUSTOMER_COLUMNS = ("customer_id", "customer", "customer_name")


@dataclass(frozen=True, slots=True)
class Subject:
    """What there is of somebody: their calls and the moments in them, the files landed, and what was said.

    `said` holds texts long enough to be theirs alone; `rep_id` is set where all of a rep is to go.
    """

    calls: tuple[str, ...]
    evidence: tuple[str, ...]
    file_hashes: tuple[str, ...]
    said: tuple[str, ...]
    rep_id: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Of the calls, and of the rep where all of theirs is to go."""
        return (*self.calls, *([self.rep_id] if self.rep_id else []))

    @property
    def traces(self) -> Traces:
        """What must be found nowhere afterwards."""
        return Traces(self.ids, self.said)


def subject_of(settings: Settings, connection: duckdb.DuckDBPyConnection, kind: Kind, given: str) -> Subject:
    """Everything the lake and the landing zone hold of a call, a rep or a customer.

    A customer is known by a participant's name or label, or by a column customer_id, customer or customer_name of the
    call facts. Nothing is there is an empty subject: asking again is no mistake.
    """
    create_raw_tables(connection)
    calls = {
        "call": lambda: {given},
        "rep": lambda: _column(connection, f"SELECT call_id FROM {ALIAS}.raw.calls WHERE rep_id = ?", [given]),
        "customer": lambda: _of_customer(settings, connection, given),
    }[kind]()
    if kind == "rep":
        calls |= _column(connection, f"SELECT call_id FROM {ALIAS}.raw.practice_attempts WHERE rep_id = ?", [given])
    ids = sorted(call for call in calls if call)
    found = records_of(connection, ids)
    return replace(found, said=_said(connection, ids), rep_id=given if kind == "rep" else None)


def records_of(connection: duckdb.DuckDBPyConnection, calls: Sequence[str]) -> Subject:
    """What the lake holds of these calls by its ids and hashes alone; `said` is empty."""
    evidence = f"SELECT evidence_id FROM {ALIAS}.raw.evidence WHERE list_contains(?, call_id)"
    landed = f"SELECT audio_sha256 FROM {ALIAS}.raw.calls WHERE list_contains(?, call_id)"
    moments, files = (sorted(_column(connection, query, [list(calls)])) for query in (evidence, landed))
    return Subject(tuple(calls), tuple(moments), tuple(files), ())


def _said(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> tuple[str, ...]:
    """What these calls say and no other does, word for word: a greeting that all of a desk's calls begin with is not
    theirs."""
    query = f"""
        WITH said AS (
            SELECT text, list_contains($1, call_id) AS is_theirs FROM (
                SELECT call_id, text FROM {ALIAS}.raw.turns
                UNION ALL SELECT call_id, first_words FROM {ALIAS}.raw.participants
            )
            WHERE length(text) >= {_TELLING}
        ),
        theirs AS (SELECT text FROM said GROUP BY text HAVING bool_and(is_theirs)),
        others AS (SELECT DISTINCT text FROM said WHERE NOT is_theirs)
        SELECT text FROM theirs
        WHERE NOT EXISTS (SELECT 1 FROM others WHERE contains(others.text, theirs.text))
        ORDER BY text
    """
    return tuple(text for (text,) in connection.execute(query, [list(ids)]).fetchall())


def _of_customer(settings: Settings, connection: duckdb.DuckDBPyConnection, given: str) -> set[str]:
    named = _column(
        connection,
        f"SELECT call_id FROM {ALIAS}.raw.participants WHERE lower(name) = lower(?) OR lower(label) = lower(?)",
        [given, given],
    )
    for night in landed_nights(settings):
        try:
            rows = owned_rows(find_facts_file(night_folder(settings, night)))
        except (CallFactsError, TableError):
            continue
        for row in rows:
            names = {str(row.values.get(column)).strip().lower() for column in _CUSTOMER_COLUMNS}
            if given.strip().lower() in names and row.call_id is not None:
                named.add(row.call_id)
    return named


def _column(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any]) -> set[str]:
    return {str(value) for (value,) in connection.execute(query, list(values)).fetchall() if value is not None}
