"""What a piece of work depends on, as a hash: equal keys mean the result is the same, so nothing is redone.

Which code that is, is declared where it lies: `DEPENDS_ON` of the transcript reader, the transcriber and the scorer.
"""

import hashlib
import json
from dataclasses import asdict

from coachlake.conversations.transcripts import read
from coachlake.lake.rows import CallFacts
from coachlake.scoring import scorer
from coachlake.speech import transcriber


def transcript_key(facts: CallFacts, model_fingerprint: str) -> str:
    """Key of a transcribed conversation: the landed bytes, channel layout, models and the code that transcribes.

    A transcript that was delivered is read: its key knows no models, and the code that reads instead.
    """
    if facts.channel_layout == "transcript":
        return _digest(facts.file_sha256, facts.channel_layout, read.DEPENDS_ON.digest())
    return _digest(facts.file_sha256, facts.channel_layout, model_fingerprint, transcriber.DEPENDS_ON.digest())


def work_key(facts: CallFacts, model_fingerprint: str, rubric_sha256: str, calibration: str | None = None) -> str:
    """Key of a call's rows: what was said, every fact, the models, the rubric, its calibration, the code that judges.

    Where the landed file lies is no such fact: a landing zone mounted elsewhere holds the same night.
    """
    known = {name: value for name, value in asdict(facts).items() if name not in ("work_key", "file_path")}
    return _digest(
        transcript_key(facts, model_fingerprint),
        json.dumps(known, sort_keys=True, default=str),
        model_fingerprint,
        rubric_sha256,
        calibration,
        scorer.DEPENDS_ON.digest(),
    )


def pipeline_version() -> str:
    """Short name of the code that reads, hears and judges, written beside every call."""
    return _digest(*(made_by.DEPENDS_ON.digest() for made_by in (read, transcriber, scorer)))[:12]


def _digest(*parts: str | None) -> str:
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()
