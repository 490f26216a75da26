"""The stage that transcribes: a recording or a delivered file becomes a transcript, once per file and model."""

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.read import read_transcript
from coachlake.privacy.names import private_names
from coachlake.privacy.redact import redacted
from coachlake.settings import Settings
from ray_jobs.stage import Stage, save_transcript
from ray_jobs.work import MAX_UNFINISHED_ATTEMPTS, CallWork

if TYPE_CHECKING:
    from coachlake.speech.transcriber import Transcriber


class TranscribeCalls:
    """A Ray actor that keeps its speech models loaded. A call that fails becomes a row with a reason."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stage = Stage(settings.staging)
        self._transcriber: Transcriber | None = None

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Transcribe one call (see CallWork); its transcript is in the stage afterwards unless a reason is set."""
        work = CallWork.from_row(row)
        if self._stage.exists("transcripts", work.transcript_key, "json"):
            return row
        started = time.perf_counter()
        work = self._guarded(work)
        return replace(work, seconds_transcribing=time.perf_counter() - started).to_row()

    def _guarded(self, work: CallWork) -> CallWork:
        from coachlake.speech.decode import UnreadableAudioError

        if self._stage.count_attempt(work.transcript_key) >= MAX_UNFINISHED_ATTEMPTS:
            return replace(work, reason="its worker died each time it was tried", is_retryable=True)
        try:
            save_transcript(self._stage, work.transcript_key, redacted(self._transcript(work), private_names()))
        except (UnreadableAudioError, UnreadableTranscriptError) as error:
            work = replace(work, reason=str(error))
        except Exception as error:
            work = replace(work, reason=f"unexpected {type(error).__name__}: {error}", is_retryable=True)
        self._stage.clear_attempts(work.transcript_key)
        return work

    def _transcript(self, work: CallWork) -> Transcript:
        path = Path(work.facts.file_path or "")
        if work.facts.channel_layout == "transcript":
            return read_transcript(path)
        if self._transcriber is None:
            from coachlake.speech.transcriber import Transcriber

            self._transcriber = Transcriber(self._settings.model_profile)
        return self._transcriber.transcript(path)
