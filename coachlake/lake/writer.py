"""Writes to the raw tables: always one transaction, always safe to repeat."""

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date

import duckdb
import pyarrow as pa

from coachlake.lake.connection import ALIAS, create_raw_tables, lake, with_retries
from coachlake.lake.sql import Sql, identifier, listed
from coachlake.lake.tables import PER_CALL_TABLES, RAW_TABLES
from coachlake.settings import Settings

# The key a re-delivered row replaces its predecessor by.
KEYS: dict[str, tuple[str, ...]] = {
    "outcomes": ("call_id",),
    "rubric_criteria": ("rubric_id", "rubric_sha256", "criterion_id"),
    "human_reviews": ("review_id",),
    "calibrations": ("calibration_id", "rubric_id", "criterion_id"),
    "role_answers": ("answer_id",),
    "strikes": ("strike_id",),
    "practice_attempts": ("attempt_id",),
    "practice_assignments": ("assignment_id",),
    "mart_builds": ("project_sha256",),
    "lake_files": ("path",),
    "lake_versions": ("version",),
    "check_results": ("run_id", "suite", "expectation", "table_name", "column_name"),
}


def replace_calls(settings: Settings, tables: Mapping[str, pa.Table]) -> None:
    """Replace the per-call rows of every call in `tables["calls"]` with the rows given, in one transaction.

    `tables` holds the per-call tables (a missing one counts as empty). A call that was there before under the
    same `call_id` is replaced whole; no other call is touched. Retries while another writer holds the catalog.
    """
    with lake(settings) as connection:
        create_raw_tables(connection)
        for name in PER_CALL_TABLES:
            connection.register(f"_new_{name}", tables.get(name, RAW_TABLES[name].empty_table()))
        transaction(connection, _replace_statements(Sql("SELECT call_id FROM _new_calls")))


def replace_calls_from_stage(settings: Settings, files: Sequence[str], *, withdrawn: Sequence[str] = ()) -> None:
    """Replace calls from staged Parquet files (one nested row a call, see `ray_jobs.stage`).

    `withdrawn` call_ids are deleted in the same transaction: calls that a re-delivered night no longer contains.
    """
    if not files and not withdrawn:
        return
    with lake(settings) as connection:
        create_raw_tables(connection)
        _stage_views(connection, files)
        gone = pa.table({"call_id": pa.array(list(withdrawn), pa.string())})
        connection.register("_withdrawn", gone)
        affected = Sql("SELECT call_id FROM _new_calls UNION ALL SELECT call_id FROM _withdrawn")
        transaction(connection, _replace_statements(affected))


def refuse_calls(settings: Settings, reasons: Mapping[str, str], nights: Sequence[date]) -> None:
    """Quarantine calls of these nights that lie in the lake (call_id → why), in one transaction: of each only its row
    in raw.calls is left, and nothing of an id that has none. Without a work_key the next run takes them up again."""
    named = pa.table({"call_id": list(reasons), "why": list(reasons.values())})
    here = Sql(f"batch_date IN ({listed(nights)})")
    refused = Sql("status = 'quarantined', reason = _refused.why, overall_score = NULL, work_key = NULL")
    with lake(settings) as connection:
        connection.register("_refused", named)
        transaction(
            connection,
            [
                *(
                    f"DELETE FROM {identifier(ALIAS, 'raw', table)} WHERE {here} "
                    "AND call_id IN (SELECT call_id FROM _refused)"
                    for table in PER_CALL_TABLES
                    if table != "calls"
                ),
                f"UPDATE {identifier(ALIAS, 'raw', 'calls')} AS calls SET {refused} FROM _refused "
                f"WHERE {here} AND calls.call_id = _refused.call_id",
            ],
        )


def upsert(settings: Settings, table: str, rows: pa.Table) -> None:
    """Insert `rows` into raw.`table`, replacing rows with the same key (see KEYS), in one transaction.

    Raises KeyError for a per-call table: those are replaced together by `replace_calls`.
    """
    keys = KEYS[table]
    with lake(settings) as connection:
        create_raw_tables(connection)
        connection.register("_rows", rows.select(RAW_TABLES[table].names).cast(RAW_TABLES[table]))
        match = " AND ".join(f"{identifier('old', key)} IS NOT DISTINCT FROM {identifier('new', key)}" for key in keys)
        target = identifier(ALIAS, "raw", table)
        transaction(
            connection,
            [
                f"DELETE FROM {target} AS old WHERE EXISTS (SELECT 1 FROM _rows AS new WHERE {match})",
                f"INSERT INTO {target} BY NAME SELECT * FROM _rows",
            ],
        )


def upsert_newer(settings: Settings, table: str, rows: pa.Table, *, by: str) -> None:
    """As `upsert`, but a row stays that is newer by column `by` than the one given: deliveries come in any order."""
    keys = Sql(", ".join(identifier(key) for key in KEYS[table]))
    old, new = identifier("old", by), identifier("new", by)
    with lake(settings) as connection:
        create_raw_tables(connection)
        connection.register("_rows", rows)
        query = f"""
            SELECT new.* FROM _rows AS new LEFT JOIN {identifier(ALIAS, "raw", table)} AS old USING ({keys})
            WHERE {old} IS NULL OR {new} >= {old}
        """
        newer = connection.execute(query).to_arrow_table()
    upsert(settings, table, newer)


def replace_entries(settings: Settings, nights: Sequence[date], entries: pa.Table) -> None:
    """Replace what raw.delivered_entries holds of these nights, in one transaction."""
    with lake(settings) as connection:
        create_raw_tables(connection)
        connection.register("_entries", entries)
        target = f"{ALIAS}.raw.delivered_entries"
        insert = f"INSERT INTO {target} BY NAME SELECT * FROM _entries"
        transaction(connection, [f"DELETE FROM {target} WHERE batch_date IN ({listed(nights)})", insert])


def work_keys(settings: Settings, nights: Sequence[date]) -> dict[date, dict[str, str]]:
    """night → call_id → work_key of the live calls already in the lake."""
    found: dict[date, dict[str, str]] = {night: {} for night in nights}
    with lake(settings) as connection:
        create_raw_tables(connection)
        query = f"""
            SELECT batch_date, call_id, work_key FROM {ALIAS}.raw.calls
            WHERE source = 'live' AND list_contains(?, batch_date)
        """
        for night, call_id, key in connection.execute(query, [list(nights)]).fetchall():
            found[night][call_id] = key
    return found


def transaction(connection: duckdb.DuckDBPyConnection, statements: Sequence[str]) -> None:
    """Run `statements` as one transaction, all again from the start where another writer got in between."""
    with_retries(lambda: _attempt(connection, statements))


def _attempt(connection: duckdb.DuckDBPyConnection, statements: Sequence[str]) -> None:
    connection.execute("BEGIN TRANSACTION")
    try:
        for statement in statements:
            connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        _rollback(connection)
        raise


def _rollback(connection: duckdb.DuckDBPyConnection) -> None:
    with contextlib.suppress(duckdb.TransactionException):  # a failed COMMIT has already rolled back
        connection.execute("ROLLBACK")


def _replace_statements(affected: Sql) -> list[str]:
    """Replace the calls `affected` selects with the rows of the views `_new_<table>`."""
    # Constants, not a join: files that hold none of these nights are then never opened, however long the history.
    dates = f"FROM {ALIAS}.raw.calls WHERE call_id IN ({affected})"
    statements = [
        f"SET VARIABLE first_night = (SELECT min(batch_date) {dates})",
        f"SET VARIABLE last_night = (SELECT max(batch_date) {dates})",
    ]
    nights = "getvariable('first_night') AND getvariable('last_night')"
    for name in PER_CALL_TABLES:
        target, source = identifier(ALIAS, "raw", name), identifier(f"_new_{name}")
        statements.append(f"DELETE FROM {target} WHERE batch_date BETWEEN {nights} AND call_id IN ({affected})")
        statements.append(f"INSERT INTO {target} BY NAME SELECT * FROM {source}")
    return statements


def _stage_views(connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> None:
    """Views `_new_<table>` over the nested stage files; empty tables where no file is given."""
    if not files:
        for name in PER_CALL_TABLES:
            connection.register(f"_new_{name}", RAW_TABLES[name].empty_table())
        return
    for name in PER_CALL_TABLES:
        connection.execute(
            f"CREATE TEMP VIEW {identifier(f'_new_{name}')} AS SELECT unnest(row) FROM "
            f"(SELECT unnest({identifier(name)}) AS row FROM read_parquet([{listed(files)}]))"
        )
