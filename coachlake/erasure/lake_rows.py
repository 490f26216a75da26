"""Erasing in the lake: rows of every table, then the snapshots and files that still hold them."""

from collections.abc import Sequence

import duckdb

from coachlake.erasure.subject import Subject
from coachlake.erasure.traces import Traces
from coachlake.lake.connection import ALIAS, with_retries
from coachlake.lake.publish import current_snapshot, held_in
from coachlake.lake.sql import Sql, identifier, listed, literal


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


def erase_history(connection: duckdb.DuckDBPyConnection) -> None:
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
        f"SELECT snapshot_id FROM ducklake_snapshots('{ALIAS}') WHERE snapshot_id < ? ORDER BY ALL", [version]
    ).fetchall()
    expire(connection, [number for (number,) in older])
    connection.execute(f"CALL ducklake_delete_orphaned_files('{ALIAS}', cleanup_all => true)")


def expire(connection: duckdb.DuckDBPyConnection, snapshots: Sequence[int]) -> None:
    """Forget these states of the lake, and remove the files that no state needs any more."""
    if snapshots:
        versions = Sql(", ".join(literal(number) for number in snapshots))
        connection.execute(f"CALL ducklake_expire_snapshots('{ALIAS}', versions => [{versions}])")
    connection.execute(f"CALL ducklake_cleanup_old_files('{ALIAS}', cleanup_all => true)")


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
