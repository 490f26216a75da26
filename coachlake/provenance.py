"""What a piece of work depends on, as a hash: equal keys mean the result is the same, so nothing is redone."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

from coachlake.lake.rows import CallFacts

_TRANSCRIPT_CODE = ("speech", "models", "conversations")
_SCORE_CODE = ("conversations", "language", "signals", "scoring", "rubrics", "lake/rows.py")
_ROOT = Path(__file__).resolve().parent


def transcript_key(facts: CallFacts, model_fingerprint: str) -> str:
    """Key of a transcript: the landed bytes, whether they are a recording, the models and the code that transcribes."""
    kind = "transcript" if facts.channel_layout == "transcript" else "recording"
    return _digest(facts.file_sha256, kind, model_fingerprint, code_digest(_TRANSCRIPT_CODE))


def work_key(
    facts: CallFacts,
    model_fingerprint: str,
    rubric_sha256: str,
    calibration: str | None = None,
    answers: Mapping[str, str] | None = None,
) -> str:
    """Key of a call's rows: what was heard, every fact, what people said of who is who, the rubric, its calibration,
    and the code that judges.

    Where the landed file lies is no such fact: a landing zone mounted elsewhere holds the same night.
    """
    known = {name: value for name, value in asdict(facts).items() if name not in ("work_key", "file_path")}
    return _digest(
        transcript_key(facts, model_fingerprint),
        json.dumps(known, sort_keys=True, default=str),
        rubric_sha256,
        calibration,
        json.dumps(dict(answers or {}), sort_keys=True),
        code_digest(_SCORE_CODE),
    )


def pipeline_version() -> str:
    """Short name of the code that hears and judges, written beside every call."""
    return _digest(code_digest(_TRANSCRIPT_CODE), code_digest(_SCORE_CODE))[:12]


@cache
def code_digest(parts: tuple[str, ...]) -> str:
    """Hash of the source and data files under the named parts of `coachlake`, so a change of code invalidates."""
    digest = hashlib.sha256()
    for part in parts:
        place = _ROOT / part
        files = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in (".py", ".yaml"))
        for file in files:
            digest.update(str(file.relative_to(_ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _digest(*parts: str | None) -> str:
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()
