"""A lake with damaged files made whole again, from what is staged, landed or backed up."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

import duckdb

from coachlake.lake.connection import ALIAS, attach, connect
from coachlake.lake.files import METADATA, Damage
from coachlake.lake.sql import Sql, identifier, literal
from coachlake.lake.tables import PER_CALL_TABLES
from coachlake.lake.writer import KEYS, transaction
from coachlake.settings import Settings

# What a run lands again by itself; the other raw tables hold what people entered, which is nowhere else.
_OF_A_NIGHT = (*PER_CALL_TABLES, "delivered_entries")
_LANDED_AGAIN = {*_OF_A_NIGHT, "outcomes", "rubric_criteria", "check_results", "mart_builds", "lake_files"}
_BACKUP = "backup"


class NeedsBackupError(Exception):
    """Damaged files hold what people entered: only a backup has it."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What has been taken out of the lake, and what is to be run so that it comes back.

    `nights`: first and last night whose calls a run must land again (from the stage, if it is still there); `is_all`:
    outcomes, which carry no night, are to be read again for every night; `from_backup`: rows put back per table.
    """

    files: int
    nights: tuple[date, date] | None
    is_all: bool
    from_backup: dict[str, int]


def repair(
    settings: Settings, damaged: Sequence[Damage], backup: Settings | None = None, *, accept_loss: bool = False
) -> Repair:
    """Take damaged files out of the lake, with all other rows of the same nights' calls, and put entered rows back.

    The run after it builds every mart anew. Raises NeedsBackupError, before anything is changed, where a file holds
    what people entered, no `backup` is given and its loss is not accepted.
    """
    entered = sorted({name for damage in damaged if (name := _raw_table(damage)) and name not in _LANDED_AGAIN})
    if entered and backup is None and not accept_loss:
        raise NeedsBackupError(
            f"damaged files hold what people entered ({', '.join(entered)}), which is in no other place: name a backup "
            "with --from DIR, or take the loss with --accept-loss"
        )
    with closing(connect(settings)) as connection:
        nights = _nights(connection, damaged)
        transaction(connection, [statement for damage in damaged for statement in _forget(damage)])
    with closing(connect(settings)) as connection:
        statements = [f"DELETE FROM {ALIAS}.raw.mart_builds"]
        if nights is not None:
            first, last = nights
            between = Sql(f"batch_date BETWEEN {literal(first)} AND {literal(last)}")
            statements += [f"DELETE FROM {ALIAS}.raw.{table} WHERE {between}" for table in _OF_A_NIGHT]
        transaction(connection, statements)
        back = _put_back(connection, backup, entered) if backup is not None else {}
    is_all = any(_raw_table(damage) == "outcomes" for damage in damaged)
    return Repair(len(damaged), nights, is_all, back)


def _raw_table(damage: Damage) -> str | None:
    schema, _, table = damage.file.table.partition(".")
    return table if schema == "raw" else None


def _nights(connection: duckdb.DuckDBPyConnection, damaged: Sequence[Damage]) -> tuple[date, date] | None:
    """First and last night of the calls in damaged files, by the catalog's own statistics of each file."""
    found: list[date] = []
    for damage in damaged:
        if _raw_table(damage) in _OF_A_NIGHT:
            rows = connection.execute(
                f"""
                SELECT min(s.min_value), max(s.max_value) FROM {METADATA}.ducklake_file_column_stats s
                JOIN {METADATA}.ducklake_column c USING (table_id, column_id)
                WHERE c.column_name = 'batch_date' AND s.data_file_id IN ({_data_file(damage)})
                """
            ).fetchall()
            found += [date.fromisoformat(value) for value in rows[0] if value is not None]
    return (min(found), max(found)) if found else None


def _data_file(damage: Damage) -> Sql:
    """The data file that is damaged, or whose deletions are: without them its deleted rows would be back."""
    if not damage.file.is_deletes:
        return literal(int(damage.file.file_id))
    deletes = literal(int(damage.file.file_id))
    return Sql(f"SELECT data_file_id FROM {METADATA}.ducklake_delete_file WHERE delete_file_id = {deletes}")


def _forget(damage: Damage) -> list[str]:
    """The catalog's rows about a file go. DuckLake has no command for a file that can no longer be read."""
    which = _data_file(damage)
    return [
        f"SET VARIABLE forgotten = (SELECT max(i) FROM ({which}) AS one(i))" if damage.file.is_deletes
        else f"SET VARIABLE forgotten = {which}",
        f"DELETE FROM {METADATA}.ducklake_file_column_stats WHERE data_file_id = getvariable('forgotten')",
        f"DELETE FROM {METADATA}.ducklake_delete_file WHERE data_file_id = getvariable('forgotten')",
        f"DELETE FROM {METADATA}.ducklake_data_file WHERE data_file_id = getvariable('forgotten')",
    ]  # fmt: skip


def _put_back(connection: duckdb.DuckDBPyConnection, backup: Settings, tables: Sequence[str]) -> dict[str, int]:
    attach(connection, backup, _BACKUP, read_only=True)
    back = {}
    for table in tables:
        have, old = identifier(ALIAS, "raw", table), identifier(_BACKUP, "raw", table)
        match = Sql(
            " AND ".join(
                f"{identifier('have', key)} IS NOT DISTINCT FROM {identifier('old', key)}" for key in KEYS[table]
            )
        )
        source = Sql(f"FROM {old} AS old WHERE NOT EXISTS (SELECT 1 FROM {have} AS have WHERE {match})")
        [(count,)] = connection.execute(f"SELECT count(*) {source}").fetchall()
        transaction(connection, [f"INSERT INTO {have} BY NAME SELECT old.* {source}"])
        back[table] = int(count)
    connection.execute(f"DETACH {_BACKUP}")
    return back
