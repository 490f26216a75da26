"""Verdicts on disk by content: the same question about the same utterance is paid for once."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from coachlake.files import write_whole
from coachlake.language.types import Utterance, Verdict


class VerdictCache:
    """A folder of verdicts, one small file each, safe for many processes: a file is written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, fingerprint: str, utterance: Utterance) -> Verdict | None:
        """The verdict kept for an utterance under a judge's fingerprint; None where none is or it is unreadable."""
        try:
            return Verdict(**json.loads(self._path(fingerprint, utterance).read_text(encoding="utf-8")))
        except (FileNotFoundError, json.JSONDecodeError, TypeError):
            return None

    def put(self, fingerprint: str, utterance: Utterance, verdict: Verdict) -> None:
        """Keep a verdict."""
        write_whole(self._path(fingerprint, utterance), json.dumps(asdict(verdict)).encode())

    def _path(self, fingerprint: str, utterance: Utterance) -> Path:
        content = json.dumps([fingerprint, utterance.response, utterance.cue])
        key = sha256(content.encode()).hexdigest()
        return self._folder / key[:2] / f"{key}.json"
