"""Verdicts on disk by content: the same question about the same moment is paid for once."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from coachlake.files import write_whole
from coachlake.language.types import Moment, Verdict


class VerdictCache:
    """A folder of verdicts, one small file each, safe for many processes: a file is written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, fingerprint: str, moment: Moment) -> Verdict | None:
        """The verdict kept for a moment under a judge's fingerprint; None where there is none or it is unreadable."""
        try:
            return Verdict(**json.loads(self._path(fingerprint, moment).read_text(encoding="utf-8")))
        except (FileNotFoundError, json.JSONDecodeError, TypeError):
            return None

    def put(self, fingerprint: str, moment: Moment, verdict: Verdict) -> None:
        """Keep a verdict."""
        write_whole(self._path(fingerprint, moment), json.dumps(asdict(verdict)).encode())

    def _path(self, fingerprint: str, moment: Moment) -> Path:
        content = json.dumps([fingerprint, moment.response, moment.cue])
        key = sha256(content.encode()).hexdigest()
        return self._folder / key[:2] / f"{key}.json"
