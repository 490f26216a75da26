"""Calls that were erased on request: delivered again, they are counted and go no further.

Kept as hashes alone, which tell a call that comes again and nothing else.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from coachlake.files import write_whole
from coachlake.lake.rows import CallFacts
from coachlake.landing.accounts import Entry
from coachlake.landing.batch import Batch
from coachlake.landing.identity import LandedCall
from coachlake.settings import Settings

_REASON = "erased on request: deliver it no more"


def bury(settings: Settings, named: Iterable[str]) -> None:
    """Remember call_ids, rep ids (`rep:<id>`) and SHA-256 of landed files as erased."""
    known = _known(settings) | {_hash(name) for name in named}
    write_whole(_file(settings), json.dumps(sorted(known)).encode())


def without_erased(settings: Settings, batch: Batch) -> Batch:
    """The batch with erased calls as nobody's: no id, name, file or outcome of theirs is left in it.

    What was delivered of them stays counted, each thing once.
    """
    known = _known(settings)
    if not known:
        return batch
    gone = {call.facts.call_id: call for call in batch.calls if _is_erased(call.facts, known)}
    told = {name for call in gone.values() for name in (call.facts.call_id, call.file) if name}
    return replace(
        batch,
        calls=tuple(_erased(call) if call.facts.call_id in gone else call for call in batch.calls),
        outcomes=tuple(row for row in batch.outcomes if row["call_id"] not in gone),
        entries=tuple(_entry(entry, told) for entry in batch.entries),
    )


def _entry(entry: Entry, told: set[str]) -> Entry:
    """What was delivered, with no name of an erased call in it. A row without a file is named by its place."""
    is_of_call = entry.call_id in told
    is_named = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", entry.reason or "") for name in told)
    if not (is_of_call or entry.entry in told or is_named):
        return entry
    call_id = f"erased-{_hash(entry.call_id)[:16]}" if is_of_call and entry.call_id else entry.call_id
    return replace(entry, entry=call_id or "erased", call_id=call_id, reason=_REASON)


def _is_erased(facts: CallFacts, known: set[str]) -> bool:
    # A second row of one id has a number behind it (see `identity`).
    names = (facts.call_id, facts.call_id.partition("~repeat-")[0], f"rep:{facts.rep_id}", facts.file_sha256)
    return any(name is not None and _hash(name) in known for name in names)


def _erased(call: LandedCall) -> LandedCall:
    facts = CallFacts(
        call_id=f"erased-{_hash(call.facts.call_id)[:16]}",
        rep_id="erased",
        team_id=None,
        started_at=None,
        batch_date=call.facts.batch_date,
        rubric_id=None,
    )
    return LandedCall(facts, _REASON)


def _hash(name: str) -> str:
    return hashlib.sha256(f"coachlake erased {name}".encode()).hexdigest()


def _known(settings: Settings) -> set[str]:
    file = _file(settings)
    return set(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else set()


def _file(settings: Settings) -> Path:
    return settings.home / "erasure" / "tombstones.json"
