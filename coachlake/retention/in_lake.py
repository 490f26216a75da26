"""What is old in the lake: calls with all their rows, practice, snapshots."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from coachlake.erasure.files import staged_of
from coachlake.erasure.lake_rows import erase_history, erase_rows, scrub_ended
from coachlake.erasure.subject import Subject
from coachlake.files import named_by
from coachlake.lake.connection import ALIAS, create_raw_tables, lake
from coachlake.lake.publish import export_parquet, pinned_snapshots
from coachlake.lake.sql import Sql, literal
from coachlake.settings import Settings


def calls_before(settings: Settings, before: date) -> list[str]:
    """Ids of calls that began before a day (UTC), of those without a start by their night; practice is another kind."""
    return _ids(
        settings,
        f"SELECT call_id FROM {ALIAS}.raw.calls WHERE coalesce(source, '') != 'practice' "
        "AND coalesce(CAST(started_at AS DATE), batch_date) < ? ORDER BY call_id",
        before,
    )


def attempts_before(settings: Settings, before: date) -> list[str]:
    """Call ids of practice sessions that were played before a day (UTC)."""
    return _ids(
        settings,
        f"SELECT call_id FROM {ALIAS}.raw.calls WHERE source = 'practice' "
        "AND coalesce(CAST(started_at AS DATE), batch_date) < ? ORDER BY call_id",
        before,
    )


def remove_calls(settings: Settings, calls: Sequence[str]) -> None:
    """Remove every row of these calls, also from older snapshots (time travel ends here), and their staged work."""
    if not calls:
        return
    with lake(settings) as connection:
        create_raw_tables(connection)
        staged = _staged(settings, connection, calls)
        moments = connection.execute(
            f"SELECT evidence_id FROM {ALIAS}.raw.evidence WHERE list_contains(?, call_id)", [list(calls)]
        ).fetchall()
        erase_rows(connection, Subject(tuple(calls), tuple(str(moment) for (moment,) in moments), (), ()))
        erase_history(settings, connection)
    for path in staged:
        path.unlink(missing_ok=True)
    scrub_ended(settings)
    for (moment,) in moments:
        named_by(settings.home / "practice" / "scenarios", f"live_{moment}", ".yaml").unlink(missing_ok=True)
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
    versions = Sql(", ".join(literal(number) for number in snapshots))
    with lake(settings) as connection:
        connection.execute(f"CALL ducklake_expire_snapshots('{ALIAS}', versions => [{versions}])")
        connection.execute(f"CALL ducklake_cleanup_old_files('{ALIAS}', cleanup_all => true)")


def _staged(settings: Settings, connection: duckdb.DuckDBPyConnection, calls: Sequence[str]) -> list[Path]:
    if "://" in settings.staging:
        return []
    found = connection.execute(
        f"SELECT work_key, audio_sha256 FROM {ALIAS}.raw.calls WHERE list_contains(?, call_id)", [list(calls)]
    ).fetchall()
    keys = {key for key, _ in found if key}
    scored = (Path(settings.staging) / "scored").rglob("*")
    return [
        *staged_of(Path(settings.staging), [sha256 for _, sha256 in found]),
        *(path for path in scored if path.is_file() and path.name.partition(".")[0].removesuffix("-retry") in keys),
    ]


def _ids(settings: Settings, query: str, before: date) -> list[str]:
    if not _has_lake(settings):
        return []
    with lake(settings) as connection:
        create_raw_tables(connection)
        return [str(call) for (call,) in connection.execute(query, [before]).fetchall()]


def _has_lake(settings: Settings) -> bool:
    try:
        with lake(settings, read_only=True):
            return True
    except FileNotFoundError:
        return False
