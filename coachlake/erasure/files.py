"""Erasing in files: what was landed, staged, exported, packed, practised, logged."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from coachlake.access.audit import erase_from_audit
from coachlake.erasure.delivered import without_rows
from coachlake.erasure.leftovers import holding, holds
from coachlake.erasure.subject import Subject
from coachlake.erasure.traces import Traces, teach
from coachlake.files import named_by, sha256_of, write_whole
from coachlake.lake.sql import identifier
from coachlake.landing.facts import CallFactsError, find_facts_file
from coachlake.landing.facts import read_facts as read_rows
from coachlake.landing.night_folder import landed_nights, night_folder
from coachlake.landing.tables import TableError
from coachlake.provenance import staged_prefix
from coachlake.settings import Settings

_TABLES = (".csv", ".json", ".parquet")


def erase_files(settings: Settings, subject: Subject) -> dict[str, int]:
    """Remove the subject from every folder under the home and from the landing zone; place → files changed."""
    home = settings.home
    steps: dict[str, Callable[[], int]] = {
        "landing": lambda: _landing(settings, subject),
        "staging": lambda: _staging(Path(settings.staging), subject),
        "packs": lambda: _packs(home / "packs", subject),
        "practice": lambda: _scenarios(home / "practice" / "scenarios", subject),
        "the demonstration's labels": lambda: _removed(holding([home / "gold"], subject.traces)),
        "copies of recordings": lambda: _emptied(home / "cache" / "playable"),
        "spilled queries": lambda: _emptied(home / "cache" / "duckdb"),
        "data docs": lambda: _removed(holding([home / "data_docs"], subject.traces)),
        "Dagster's records": lambda: _databases(home / "dagster", subject.traces),
        "the record of who looked": lambda: erase_from_audit(settings, lambda records: teach(records, subject.traces)),
        "logs": lambda: _logs([home / "dagster", home / "logs", home / "dbt"], subject.traces),
    }
    return {place: count for place, step in steps.items() if (count := step())}


def _landing(settings: Settings, subject: Subject) -> int:
    """Rows of call facts, outcomes and reviews, and the files they name."""
    changed = 0
    for night in landed_nights(settings):
        folder = night_folder(settings, night)
        for path in _named_files(folder, subject):
            path.unlink(missing_ok=True)
            changed += 1
        for table in [path for path in folder.iterdir() if path.suffix in _TABLES]:
            changed += _rows_taken_out(table, subject)
    return changed + sum(_rows_taken_out(path, subject) for path in Path(settings.landing).glob("*.csv"))


def _named_files(folder: Path, subject: Subject) -> Iterator[Path]:
    try:
        rows = read_rows(find_facts_file(folder))
    except CallFactsError:
        rows = []
    for row in rows:
        path = folder / str(row.values.get("file") or "")
        is_theirs = row.values["call_id"] in subject.calls or (
            subject.rep_id is not None and row.values.get("rep_id") == subject.rep_id
        )
        if is_theirs and path.is_file():
            yield path
    for path in folder.rglob("*"):  # under another name, or none
        if path.is_file() and path.suffix not in (".csv", ".parquet") and sha256_of(path) in subject.file_hashes:
            yield path


def _rows_taken_out(path: Path, subject: Subject) -> bool:
    try:
        return without_rows(path, subject.calls, subject.rep_id)
    except TableError:
        return False


def _staging(staging: Path, subject: Subject) -> int:
    """Staged work that holds the call's words or id, or is of its file, by whatever code and models it was made."""
    kinds = [staging / kind for kind in ("transcripts", "embeddings", "scored")]
    keys = {staged_key(path) for path in holding(kinds, subject.traces)}
    return _removed(
        [path for path in staging.rglob("*") if path.is_file() and staged_key(path) in keys]
        + list(staged_of(staging, subject.file_hashes))
    )


def staged_of(staging: Path, file_hashes: Iterable[str]) -> Iterator[Path]:
    """Transcripts and vectors made of these landed files (sha256 of each)."""
    prefixes = {staged_prefix(one) for one in file_hashes if one}
    length = max(map(len, prefixes), default=0)
    for path in staging.rglob("*") if prefixes else ():
        if path.is_file() and path.name[:length] in prefixes:
            yield path


def staged_key(path: Path) -> str:
    """The key of staged work: of `<key>.json` as of the `<key>.json.sha256` beside it."""
    return path.name.partition(".")[0]


def _packs(folder: Path, subject: Subject) -> int:
    pages = {path.with_suffix("") for path in holding([folder], subject.traces) if path.suffix == ".html"}
    if subject.rep_id is not None:
        of_rep = named_by(Path(), subject.rep_id).name
        pages |= {path.with_suffix("") for path in folder.rglob("*") if path.stem == of_rep}
    return _removed(path for page in pages for path in (page.with_suffix(".html"), page.with_suffix(".pdf")))


def _scenarios(folder: Path, subject: Subject) -> int:
    return _removed([*scenarios_of(folder, subject.evidence), *holding([folder], subject.traces)])


def scenarios_of(folder: Path, evidence: Iterable[str]) -> list[Path]:
    """Where practice scenarios made of these moments are, if there are any."""
    return [named_by(folder, f"live_{one}", ".yaml") for one in evidence]


def _emptied(folder: Path) -> int:
    """A cache goes whole: it is made again when it is needed."""
    count = sum(path.is_file() for path in folder.rglob("*")) if folder.is_dir() else 0
    shutil.rmtree(folder, ignore_errors=True)
    return count


def _removed(paths: Iterator[Path] | Sequence[Path]) -> int:
    count = 0
    for path in list(paths):
        if path.exists():
            path.unlink()
            count += 1
    return count


def _databases(folder: Path, traces: Traces) -> int:
    """Cells of Dagster's own records that name the subject."""
    changed = 0
    for path in sorted(folder.rglob("*.db")) if folder.is_dir() else []:
        if not holds(path, traces) and not _in_journal(path, traces):
            continue
        with closing(sqlite3.connect(path)) as records:
            teach(records, traces)
            for (table,) in records.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for (column,) in records.execute("SELECT name FROM pragma_table_info(?)", [table]).fetchall():
                    cell, source = identifier(column), identifier(table)
                    records.execute(f"UPDATE {source} SET {cell} = without_them({cell}) WHERE theirs({cell})")
            records.commit()
            records.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            records.execute("VACUUM")
        changed += 1
    return changed


def _in_journal(path: Path, traces: Traces) -> bool:
    journal = path.with_name(f"{path.name}-wal")
    return journal.exists() and holds(journal, traces)


def _logs(folders: Sequence[Path], traces: Traces) -> int:
    changed = 0
    for path in holding(folders, traces):
        if path.suffix in (".db", ".parquet") or path.name.endswith(("-wal", "-shm")):
            continue
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        write_whole(path, traces.without(text).encode("utf-8", "surrogateescape"))
        changed += 1
    return changed
