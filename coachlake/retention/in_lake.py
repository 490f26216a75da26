"""What is old in the lake: calls with all their rows, practice, snapshots."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from coachlake.erasure.catalog import scrub_ended
from coachlake.erasure.files import scenarios_of, staged_key, staged_of
from coachlake.erasure.lake_rows import erase_history, erase_rows, expire
from coachlake.erasure.subject import Subject, records_of
from coachlake.lake.connection import ALIAS, create_raw_tables, lake
from coachlake.lake.publish import export_parquet, pinned_snapshots
from coachlake.settings import Settings


def calls_before(settings: Settings, before: date) -> list[str]:
    """Ids of calls that began before a day (UTC), of those without a start by their night; practice is another kind."""
    return [call_id for call_id, is_practice in _begun_before(settings, before) if not is_practice]


def attempts_before(settings: Settings, before: date) -> list[str]:
    """Call ids of practice sessions that were played before a day (UTC)."""
    return [call_id for call_id, is_practice in _begun_before(settings, before) if is_practice]


def remove_calls(settings: Settings, calls: Sequence[str]) -> None:
    """Remove every row of these calls, also from older snapshots (time travel ends here), and their staged work."""
    if not calls:
        return
    with lake(settings) as connection:
        create_raw_tables(connection)
        subject = records_of(connection, calls)
        staged = _staged(settings, connection, subject)
        erase_rows(connection, subject)
        erase_history(connection)
    scrub_ended(settings)
    for path in (*staged, *scenarios_of(settings.home / "practice" / "scenarios", subject.evidence)):
        path.unlink(missing_ok=True)
    if (settings.home / "published").is_dir():
        export_parquet(settings, settings.home / "published")


def snapshots_before(settings: Settings, before: date) -> list[int]:
    """Snapshots made before a day that nothing needs: neither the newest nor one that a published table shows."""
    if not _has_lake(settings):
        return []
    with lake(settings, read_only=True) as connection:
        needed = pinned_snapshots(connection)
        found = connection.execute(
            f"SELECT snapshot_id FROM ducklake_snapshots('{ALIAS}') WHERE CAST(snapshot_time AS DATE) < ? "
            f"AND snapshot_id < (SELECT max(snapshot_id) FROM ducklake_snapshots('{ALIAS}')) ORDER BY snapshot_id",
            [before],
        ).fetchall()
    return [int(number) for (number,) in found if number not in needed]


def remove_snapshots(settings: Settings, snapshots: Sequence[int]) -> None:
    """Forget these states of the lake and remove the files that only they need."""
    with lake(settings) as connection:
        expire(connection, snapshots)


def _staged(settings: Settings, connection: duckdb.DuckDBPyConnection, subject: Subject) -> list[Path]:
    if "://" in settings.staging:
        return []
    staging, query = Path(settings.staging), f"SELECT work_key FROM {ALIAS}.raw.calls WHERE list_contains(?, call_id)"
    keys = {key for (key,) in connection.execute(query, [list(subject.calls)]).fetchall()}
    scored = (path for path in (staging / "scored").rglob("*") if path.is_file())
    return [
        *staged_of(staging, subject.file_hashes),
        *(path for path in scored if staged_key(path).removesuffix("-retry") in keys),
    ]


def _begun_before(settings: Settings, before: date) -> list[tuple[str, bool]]:
    """Each call's id, and whether it is practice."""
    if not _has_lake(settings):
        return []
    with lake(settings) as connection:
        create_raw_tables(connection)
        rows: list[tuple[str, bool]] = connection.execute(
            f"SELECT call_id, coalesce(source = 'practice', false) FROM {ALIAS}.raw.calls "
            "WHERE coalesce(CAST(started_at AS DATE), batch_date) < ? ORDER BY call_id",
            [before],
        ).fetchall()
    return rows


def _has_lake(settings: Settings) -> bool:
    try:
        with lake(settings, read_only=True):
            return True
    except FileNotFoundError:
        return False
