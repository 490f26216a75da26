"""The stage that listens: a recording or transcript becomes a conversation, once per recording and model."""

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ray_jobs.conversation import Conversation
from ray_jobs.pipeline.stage import Stage, save_conversation
from ray_jobs.pipeline.work import MAX_UNFINISHED_ATTEMPTS, CallWork
from ray_jobs.settings import Settings
from ray_jobs.transcripts import UnreadableTranscriptError, read_transcript

if TYPE_CHECKING:
    from ray_jobs.hearing import Listener


class HearCalls:
    """A Ray actor that keeps its speech models loaded. A call that fails becomes a row with a reason."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stage = Stage(settings.staging)
        self._listener: Listener | None = None

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Hear one call (see CallWork); its conversation is in the stage afterwards unless a reason is set."""
        work = CallWork.from_row(row)
        if self._stage.exists("heard", work.hear_key, "json"):
            return row
        started = time.perf_counter()
        work = self._guarded(work)
        return replace(work, seconds_hearing=time.perf_counter() - started).to_row()

    def _guarded(self, work: CallWork) -> CallWork:
        from ray_jobs.audio import UnreadableAudioError

        if self._stage.count_attempt(work.hear_key) >= MAX_UNFINISHED_ATTEMPTS:
            return replace(work, reason="its worker died each time it was tried", is_retryable=True)
        try:
            save_conversation(self._stage, work.hear_key, self._hear(work))
        except (UnreadableAudioError, UnreadableTranscriptError) as error:
            work = replace(work, reason=str(error))
        except Exception as error:
            work = replace(work, reason=f"unexpected {type(error).__name__}: {error}", is_retryable=True)
        self._stage.clear_attempts(work.hear_key)
        return work

    def _hear(self, work: CallWork) -> Conversation:
        facts, path = work.facts, work.facts.file_path or ""
        if facts.channel_layout == "transcript":
            return read_transcript(Path(path), facts.call_id)
        if self._listener is None:
            from ray_jobs.hearing import Listener

            self._listener = Listener(self._settings.model_profile)
        return self._listener.hear(facts.call_id, path, facts.channel_layout)
