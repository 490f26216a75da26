"""A landed night as a batch: every file and every row accounted for, before any model runs."""

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from coachlake.conversations.transcripts.read import TRANSCRIPT_SUFFIXES
from coachlake.lake.rows import CallFacts
from coachlake.landing.facts import FactRow, find_facts_file, is_inside, read_facts

AUDIO_SUFFIXES = (".wav", ".flac", ".mp3", ".m4a", ".mp4", ".ogg", ".opus", ".aac", ".webm", ".ulaw", ".alaw", ".g711")
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class LandedCall:
    """One landed call: its facts and, where it can go no further, the reason."""

    facts: CallFacts
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A night: `calls` holds each landed call once, good or bad; `outcomes` the outcomes its facts carried."""

    batch_date: date
    calls: tuple[LandedCall, ...]
    outcomes: tuple[dict[str, Any], ...]

    @property
    def ready(self) -> list[CallFacts]:
        """Calls to be transcribed and scored."""
        return [call.facts for call in self.calls if call.reason is None]

    @property
    def refused(self) -> list[LandedCall]:
        """Calls that go straight to quarantine."""
        return [call for call in self.calls if call.reason is not None]


def read_batch(folder: Path, batch_date: date) -> Batch:
    """Read one landed folder (call facts plus files) as the batch of `batch_date`.

    Bad rows, missing files, files no row names, repeated ids and repeated recordings become refused calls with a
    reason. Raises CallFactsError only where the facts file itself is missing or lacks a required column.
    """
    rows = read_facts(find_facts_file(folder))
    with ThreadPoolExecutor(4) as pool:
        calls = list(pool.map(lambda row: _landed(folder, row, batch_date), rows))
    calls = _refuse_repeats([*calls, *_orphans(folder, rows, batch_date)])
    received = [(row, call) for row, call in zip(rows, calls, strict=False) if call.reason is None]
    outcomes = tuple(_outcome(row, call.facts) for row, call in received if _has_outcome(row))
    return Batch(batch_date, tuple(calls), outcomes)


def _landed(folder: Path, row: FactRow, batch_date: date) -> LandedCall:
    values = row.values
    path = folder / str(values["file"] or "")
    facts = CallFacts(
        call_id=values["call_id"] or f"row-without-file-{batch_date}",
        rep_id=str(values.get("rep_id") or "unknown"),
        team_id=_text(values.get("team_id")),
        started_at=values["started_at"].to_pydatetime() if values["started_at"] is not None else None,
        batch_date=batch_date,
        rubric_id=_text(values.get("rubric_id")),
        queue=_text(values.get("queue")),
        direction=_text(values.get("direction")),
        rep_name=_text(values.get("rep_name")),
        rep_hired_on=values.get("rep_hired_on"),
        audio_uri=_audio_uri(folder, path)
        if path.suffix.lower() in AUDIO_SUFFIXES and is_inside(values["file"])
        else None,
        file_path=str(path),
        channel_layout="transcript" if path.suffix.lower() in TRANSCRIPT_SUFFIXES else values["channel_layout"],
    )
    if row.problem:
        return LandedCall(facts, row.problem)
    if not path.is_file():
        return LandedCall(facts, f"file {values['file']} is not in the folder")
    if path.suffix.lower() not in (*AUDIO_SUFFIXES, *TRANSCRIPT_SUFFIXES):
        return LandedCall(facts, f"{path.suffix or path.name} is neither audio nor a transcript format")
    if path.stat().st_size == 0:
        return LandedCall(facts, "the file is empty")
    return LandedCall(replace(facts, file_sha256=sha256_of(path)))


def _audio_uri(folder: Path, path: Path) -> str:
    """Where a recording lies within the landing zone: a zone that is moved or mounted elsewhere changes no row."""
    return path.relative_to(folder.parent).as_posix()


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _orphans(folder: Path, rows: list[FactRow], batch_date: date) -> list[LandedCall]:
    """Recordings that no row of the facts names: they landed, so they must show."""
    named = {(folder / str(row.values["file"] or "")).resolve() for row in rows}
    audio = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in AUDIO_SUFFIXES)
    return [
        LandedCall(
            CallFacts(
                call_id=f"{path.stem}~no-facts",
                rep_id="unknown",
                team_id=None,
                started_at=None,
                batch_date=batch_date,
                rubric_id=None,
                audio_uri=_audio_uri(folder, path),
            ),
            f"no row of the call facts names {path.relative_to(folder)}",
        )
        for path in audio
        if path.resolve() not in named
    ]


def _refuse_repeats(calls: Iterable[LandedCall]) -> list[LandedCall]:
    seen_ids: dict[str, int] = {}
    seen_files: dict[str, str] = {}
    checked = []
    for call in calls:
        facts = call.facts
        repeat = seen_ids.get(facts.call_id, 0)
        seen_ids[facts.call_id] = repeat + 1
        if repeat:
            facts = replace(facts, call_id=f"{facts.call_id}~repeat-{repeat}")
            call = LandedCall(facts, call.reason or f"call_id {call.facts.call_id} is given more than once")
        elif facts.file_sha256 and facts.file_sha256 in seen_files and call.reason is None:
            call = LandedCall(facts, f"the same recording as call {seen_files[facts.file_sha256]}")
        elif facts.file_sha256 and call.reason is None:
            seen_files[facts.file_sha256] = facts.call_id
        checked.append(call)
    return checked


def _has_outcome(row: FactRow) -> bool:
    return row.values.get("csat") is not None or row.values.get("is_converted") is not None


def _outcome(row: FactRow, facts: CallFacts) -> dict[str, Any]:
    return {
        "call_id": facts.call_id,
        "csat": row.values.get("csat"),
        "is_converted": row.values.get("is_converted"),
        "received_at": facts.started_at,
    }


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
