"""`forget`: the steps in order, each safe to repeat, so that a request that was cut off is finished by the next."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from coachlake.erasure.catalog import scrub_catalog
from coachlake.erasure.files import erase_files
from coachlake.erasure.lake_rows import erase_history, erase_rows
from coachlake.erasure.leftovers import holding, tables_holding
from coachlake.erasure.subject import Kind, Subject, subject_of
from coachlake.files import write_whole
from coachlake.lake.connection import lake
from coachlake.lake.publish import export_parquet
from coachlake.landing.tombstones import bury
from coachlake.settings import Settings


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was removed, and where something is left. It names nobody: `subject_sha256` says whose it is."""

    subject_kind: Kind
    subject_sha256: str
    asked_at: str
    calls: int
    rows: dict[str, int]
    files: dict[str, int]
    left_in: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the check found nothing any more."""
        return not self.left_in


def forget(settings: Settings, kind: Kind, given: str) -> Receipt:
    """Erase a call, all of a rep's or all of a customer's calls wherever they are kept, and check that nothing is left.

    What is to go is noted before the first step and crossed out after the last: `finish_open` (or asking again) takes
    up a request that was cut off. Calls of the subject that are delivered again go no further.
    """
    with lake(settings) as connection:
        subject = subject_of(settings, connection, kind, given)
    note = _noted(settings, kind, given, subject)
    return _erase(settings, note)


def finish_open(settings: Settings) -> list[Receipt]:
    """Take up every request that was cut off."""
    return [_erase(settings, note) for note in sorted(_open_folder(settings).glob("*.json"))]


def _noted(settings: Settings, kind: Kind, given: str, subject: Subject) -> Path:
    """The request as a file, with what an earlier try of it has already found and perhaps deleted."""
    note = _open_folder(settings) / f"{_name(kind, given)}.json"
    found = asdict(subject)
    if note.exists():
        before = json.loads(note.read_text(encoding="utf-8"))["subject"]
        for name in ("calls", "evidence", "file_hashes", "said"):
            found[name] = sorted({*found[name], *before[name]})
    content = {"kind": kind, "given": given, "asked_at": datetime.now(UTC).isoformat(), "subject": found}
    write_whole(note, json.dumps(content).encode())
    return note


def _erase(settings: Settings, note: Path) -> Receipt:
    asked = json.loads(note.read_text(encoding="utf-8"))
    found = asked["subject"]
    lists = {name: tuple(found[name]) for name in ("calls", "evidence", "file_hashes", "said")}
    subject = Subject(**lists, rep_id=found["rep_id"])
    buried = [*subject.calls, *subject.file_hashes, *([f"rep:{subject.rep_id}"] if subject.rep_id else [])]
    bury(settings, buried)  # first: a night that runs meanwhile lands them no more
    files = erase_files(settings, subject)
    with lake(settings) as connection:
        rows = erase_rows(connection, subject)
        erase_history(connection)
    scrub_catalog(settings, subject.traces)
    if (settings.home / "published").is_dir():
        export_parquet(settings, settings.home / "published")
    in_files = (str(path) for path in holding(_places(settings), subject.traces) if path != note)
    with lake(settings, read_only=True) as connection:
        left = (*in_files, *tables_holding(connection, subject.traces))
    # An id that nothing is known of is no call.
    calls = len(subject.calls) if rows or "landing" in files or subject.said or subject.file_hashes else 0
    receipt = Receipt(asked["kind"], _hash(asked["given"]), asked["asked_at"], calls, rows, files, left)
    write_whole(_folder(settings) / "receipts" / note.name, json.dumps(asdict(receipt), indent=2).encode())
    if receipt.is_complete:
        note.unlink()
    return receipt


def _places(settings: Settings) -> list[Path]:
    places = (str(settings.home), settings.landing, settings.data_path, settings.staging)
    return [Path(place) for place in places if "://" not in place]


def _folder(settings: Settings) -> Path:
    return settings.home / "erasure"


def _open_folder(settings: Settings) -> Path:
    return _folder(settings) / "open"


def _name(kind: Kind, given: str) -> str:
    return _hash(f"{kind} {given}")[:24]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
