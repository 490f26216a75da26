"""Erasing in the lake: rows of every table, then the snapshots and files that still hold them."""

import sqlite3
from contextlib import closing

import duckdb

from coachlake.erasure.subject import Subject
from coachlake.erasure.traces import Traces, teach
from coachlake.lake.connection import ALIAS, with_retries
from coachlake.lake.publish import current_snapshot, held_in
from coachlake.lake.sql import Sql, identifier, listed, literal
from coachlake.settings import Settings


def erase_rows(connection: duckdb.DuckDBPyConnection, subject: Subject) -> dict[str, int]:
    """Delete the subject's rows from every table of the lake, and its moments from lists in others; table → rows.

    Averages that its calls went into are built anew by the next run, which rebuilds every row.
    """
    counts: dict[str, int] = {}
    for schema, table, columns in _tables(connection):
        target = identifier(ALIAS, schema, table)
        tests = [Sql(f"call_id IN ({listed(subject.calls)})")] if "call_id" in columns else []
        if "evidence_id" in columns:
            tests.append(Sql(f"evidence_id IN ({listed(subject.evidence)})"))
        if subject.rep_id is not None and "rep_id" in columns:
            tests.append(Sql(f"rep_id = {literal(subject.rep_id)}"))
        if subject.rep_id is not None and "scope_id" in columns:
            tests.append(Sql(f"(scope = 'rep' AND scope_id = {literal(subject.rep_id)})"))
        if tests:
            where = Sql(" OR ".join(tests))
            counts[f"{schema}.{table}"] = _changed(connection, Sql(f"DELETE FROM {target} WHERE {where}"))
        for name, kind in columns.items():
            update = _without_moments(target, identifier(name), kind, listed(subject.calls))
            if update is not None:
                counts[f"{schema}.{table}.{name}"] = _changed(connection, update)
        if "reason" in columns:
            counts[f"{schema}.{table}.reason"] = _without_mentions(connection, target, Traces(subject.ids, ()))
    if any(counts.values()):  # nights alone would not say which averages the rows were part of
        _changed(connection, Sql(f"DELETE FROM {identifier(ALIAS, 'raw', 'mart_builds')}"))
    return {name: count for name, count in counts.items() if count}


def _without_moments(target: Sql, name: Sql, kind: str, calls: Sql) -> Sql | None:
    """A statement that takes moments of these calls out of a column that holds one of them or a list."""
    if "call_id VARCHAR" not in kind:
        return None
    if kind.endswith("[]"):
        kept = Sql(f"list_filter({name}, m -> m.call_id NOT IN ({calls}))")
        return Sql(f"UPDATE {target} SET {name} = {kept} WHERE len({kept}) < len({name})")
    return Sql(f"UPDATE {target} SET {name} = NULL WHERE {name}.call_id IN ({calls})")


def _without_mentions(connection: duckdb.DuckDBPyConnection, target: Sql, traces: Traces) -> int:
    """Other calls' reasons may name one of these: "the same recording as call-1"."""
    reasons = connection.execute(f"SELECT DISTINCT reason FROM {target} WHERE reason IS NOT NULL").fetchall()
    return sum(
        _changed(
            connection,
            Sql(f"UPDATE {target} SET reason = {literal(traces.without(reason))} WHERE reason = {literal(reason)}"),
        )
        for (reason,) in reasons
        if traces.are_in(reason)
    )


def erase_history(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    """Write files anew without deleted rows, point what is published at them, and forget every older snapshot.

    A mart that is held back (it failed a check) is not published until the next run: the state that is published holds
    what was deleted. Afterwards no file and no free page of an embedded catalog holds what was deleted.
    """
    # First: with rows of its own beside a file's, a SQLite catalog cannot say what a table's smallest number is.
    with_retries(lambda: connection.execute(f"CALL ducklake_flush_inlined_data('{ALIAS}')"))
    with_retries(lambda: connection.execute(f"CALL ducklake_rewrite_data_files('{ALIAS}', delete_threshold => 0)"))
    version = current_snapshot(connection)
    held = held_in(connection)
    for view, comment in connection.execute(
        "SELECT view_name, comment FROM duckdb_views() WHERE database_name = 'lake' AND schema_name = 'published' "
        "AND contains(sql, 'VERSION')"
    ).fetchall():
        source, target = identifier(ALIAS, "marts", view), identifier(ALIAS, "published", view)
        if view in held:
            connection.execute(f"DROP VIEW {target}")
            continue
        connection.execute(
            f"CREATE OR REPLACE VIEW {target} AS SELECT * FROM {source} AT (VERSION => {literal(version)})"
        )
        connection.execute(f"COMMENT ON VIEW {target} IS {literal(comment or '')}")
    # Not by age: the newest snapshot is that of the views, and what they read is the one before.
    older = connection.execute(
        f"SELECT list(snapshot_id ORDER BY snapshot_id) FROM ducklake_snapshots('{ALIAS}') WHERE snapshot_id < ?",
        [version],
    ).fetchone()
    if older and older[0]:
        versions = Sql(", ".join(literal(number) for number in older[0]))
        connection.execute(f"CALL ducklake_expire_snapshots('{ALIAS}', versions => [{versions}])")
    connection.execute(f"CALL ducklake_cleanup_old_files('{ALIAS}', cleanup_all => true)")
    connection.execute(f"CALL ducklake_delete_orphaned_files('{ALIAS}', cleanup_all => true)")


def scrub_ended(settings: Settings) -> None:
    """Take out of an embedded catalog every row that no snapshot holds any more, smallest and largest texts of tables,
    and the free pages SQLite leaves: `scrub_catalog` for so many calls that each cell cannot be compared with all."""
    kind, _, place = settings.catalog.partition(":")
    if kind != "sqlite":
        return
    with closing(sqlite3.connect(place)) as catalog:
        for (table,) in catalog.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if _is_inlined(table):
                catalog.execute(f"DELETE FROM {identifier(table)} WHERE end_snapshot IS NOT NULL")
        catalog.execute("UPDATE ducklake_table_column_stats SET min_value = NULL, max_value = NULL")
        catalog.commit()
        _compact(catalog)


def scrub_catalog(settings: Settings, traces: Traces) -> None:
    """Take out of an embedded catalog what it keeps beside the lake's files: rows too few for a file, deleted ones too,
    smallest and largest values of columns, and the free pages SQLite leaves."""
    kind, _, place = settings.catalog.partition(":")
    if kind != "sqlite":
        return
    with closing(sqlite3.connect(place)) as catalog:
        teach(catalog, traces)
        for (table,) in catalog.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = catalog.execute("SELECT name FROM pragma_table_info(?)", [table]).fetchall()
            for (column,) in columns:
                _scrub(catalog, table, column)
        catalog.commit()
        _compact(catalog)


def _compact(catalog: sqlite3.Connection) -> None:
    catalog.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    catalog.execute("VACUUM")
    catalog.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_inlined(table: str) -> bool:
    return table.startswith("ducklake_inlined_data") and not table.endswith("_tables")


def _scrub(catalog: sqlite3.Connection, table: str, column: str) -> None:
    target, name = identifier(table), identifier(column)
    if _is_inlined(table):  # theirs are deleted ones by now
        catalog.execute(f"DELETE FROM {target} WHERE end_snapshot IS NOT NULL AND theirs({name})")
    elif table.endswith("_stats"):  # unknown is what NULL says: then the file is read
        catalog.execute(f"UPDATE {target} SET {name} = NULL WHERE theirs({name})")


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, dict[str, str]]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for schema, table, name, kind in connection.execute(
        "SELECT c.schema_name, c.table_name, c.column_name, c.data_type FROM duckdb_columns() c "
        "JOIN duckdb_tables() t USING (database_name, schema_name, table_name) "
        "WHERE c.database_name = 'lake' ORDER BY ALL"
    ).fetchall():
        found.setdefault((schema, table), {})[name] = kind
    return [(schema, table, columns) for (schema, table), columns in found.items()]


def _changed(connection: duckdb.DuckDBPyConnection, statement: Sql) -> int:
    row = with_retries(lambda: connection.execute(statement)).fetchone()
    return int(row[0]) if row else 0
