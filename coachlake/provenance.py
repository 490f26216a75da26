"""What a piece of work depends on, as a hash: equal keys mean the result is the same, so nothing is redone.

Which code that is, is declared where it lies: `DEPENDS_ON` of the transcript reader, the transcriber and the scorer.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from coachlake.conversations.transcripts import read
from coachlake.lake.rows import CallFacts
from coachlake.privacy import redact
from coachlake.privacy.names import private_names
from coachlake.scoring import scorer
from coachlake.speech import transcriber


def transcript_key(facts: CallFacts, model_fingerprint: str) -> str:
    """Key of a transcript: the landed bytes, and what makes one of them.

    A recording's depends on the models and the code that listens, a delivered transcript's on the code that reads; both
    on what takes identifiers out of it.
    What is known of the call's people is no part of either: an answer to "who is the rep?" transcribes nothing again.

    It begins with that of the landed file (`staged_prefix`), by which whoever forgets a call finds its words.
    """
    taken_out = (redact.DEPENDS_ON.digest(), "\n".join(private_names()))
    if facts.channel_layout == "transcript":
        made_by = ["transcript", read.DEPENDS_ON.digest()]
    else:
        made_by = ["recording", model_fingerprint, transcriber.DEPENDS_ON.digest()]
    prefix = staged_prefix(facts.file_sha256 or "")
    return prefix + _digest(facts.file_sha256, *made_by, *taken_out)[len(prefix) :]


def staged_prefix(file_sha256: str) -> str:
    """What the key of every transcript of a landed file begins with, whatever code and models made it."""
    return file_sha256[:24]


def work_key(
    facts: CallFacts,
    model_fingerprint: str,
    rubric_sha256: str,
    calibration: str | None = None,
    answers: Mapping[str, str] | None = None,
    judge: str | None = None,
) -> str:
    """Key of a call's rows: what was heard, every fact, what people said of who is who, the models, the rubric, its
    calibration, the code that judges with the act model it ships, and `judge`, the deployment's own where it has one
    in force (`coachlake.language.acts.in_force`). Another judge hears nothing again: it is no part of a transcript's.

    Where the landed file lies is no such fact: a landing zone mounted elsewhere holds the same night.
    """
    known = {name: value for name, value in asdict(facts).items() if name not in ("work_key", "file_path")}
    return _digest(
        transcript_key(facts, model_fingerprint),
        json.dumps(known, sort_keys=True, default=str),
        model_fingerprint,
        rubric_sha256,
        calibration,
        json.dumps(dict(answers or {}), sort_keys=True),
        scorer.DEPENDS_ON.digest(),
        judge,
    )


def pipeline_version() -> str:
    """Short name of the code that reads, hears and judges, written beside every call."""
    return _digest(*(part.DEPENDS_ON.digest() for part in (read, transcriber, redact, scorer)))[:12]


def _digest(*parts: str | None) -> str:
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()
