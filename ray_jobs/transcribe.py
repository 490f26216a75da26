"""The stage that transcribes: a recording or a delivered file becomes a transcript, once per file and model."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.read import read_transcript
from coachlake.files import sha256_of
from coachlake.privacy.names import private_names
from coachlake.privacy.redact import redacted
from coachlake.settings import Settings
from coachlake.timings import stopwatch, timed, waited
from ray_jobs.limits import (
    TookTooLongError,
    check_recording,
    check_transcript,
    check_transcript_file,
    within_minutes,
)
from ray_jobs.stage import Stage, save_timings, save_transcript
from ray_jobs.tries import Tries
from ray_jobs.work import CallWork

if TYPE_CHECKING:
    from coachlake.speech.transcriber import Transcriber


class TranscribeCalls:
    """A Ray actor that keeps its speech models loaded. A call that fails becomes a row with a reason.

    `session` names the Ray that it works under (see `tries`), `gpu_share` is how much of a GPU it holds.
    """

    def __init__(self, settings: Settings, session: str = "", gpu_share: float = 0.0) -> None:
        self._settings, self._session, self._gpu_share = settings, session, gpu_share
        self._stage = Stage(settings.staging)
        self._transcriber: Transcriber | None = None

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Transcribe one call (see CallWork); its transcript is in the stage afterwards unless a reason is set."""
        work = CallWork.from_row(row)
        if self._stage.exists("transcripts", work.transcript_key, "json"):
            return row
        queued = waited("wait_to_hear", work.queued_s)
        with stopwatch("other_hearing") as running:
            work = self._guarded(work)
        timings = [queued, *running.timings(self._gpu_share)]
        if work.reason is None:
            save_timings(self._stage, work.transcript_key, timings)
        return replace(work, timings=timings, queued_s=time.time()).to_row()

    def _guarded(self, work: CallWork) -> CallWork:
        tries = Tries(self._stage, self._session, work.transcript_key)
        if why_not := tries.start(datetime.now(UTC)):
            return replace(work, reason=why_not, is_retryable=True)
        work = self._heard(work)
        if work.is_retryable:
            tries.fail(datetime.now(UTC))
        else:
            tries.end()
        return work

    def _heard(self, work: CallWork) -> CallWork:
        from coachlake.speech.decode import UnreadableAudioError

        try:
            with within_minutes(self._settings.limits.minutes_a_call):
                transcript = self._transcript(work)
                with timed("redact"):
                    transcript = redacted(transcript, private_names())
        except TookTooLongError as error:
            return replace(work, reason=str(error))
        except (UnreadableAudioError, UnreadableTranscriptError, OSError) as error:
            reason = _not_as_landed(work) or str(error)
            return replace(work, reason=reason, is_retryable=reason != str(error) or isinstance(error, OSError))
        except Exception as error:
            return replace(work, reason=f"unexpected {type(error).__name__}: {error}", is_retryable=True)
        # Asked after it was read: what was heard is what was landed, not what took its place meanwhile.
        if changed := _not_as_landed(work):
            return replace(work, reason=changed, is_retryable=True)
        save_transcript(self._stage, work.transcript_key, transcript)
        return work

    def _transcript(self, work: CallWork) -> Transcript:
        path = Path(work.facts.file_path or "")
        limits = self._settings.limits
        if work.facts.channel_layout == "transcript":
            check_transcript_file(path, limits)
            with timed("read_transcript"):
                transcript = read_transcript(path)
            check_transcript(transcript, limits)
            return transcript
        check_recording(path, limits)
        if self._transcriber is None:
            with timed("load_models"):
                from coachlake.speech.transcriber import Transcriber

            self._transcriber = Transcriber(self._settings.model_profile)
        return self._transcriber.transcript(path)


def _not_as_landed(work: CallWork) -> str | None:
    """Whether the file is another than the one whose hash is in the call's facts."""
    path = Path(work.facts.file_path or "")
    try:
        if sha256_of(path) == work.facts.file_sha256:
            return None
    except OSError as error:
        return f"the file was there when the night was read and is no longer readable ({error.strerror})"
    return "the file changed while the run was going: the next run takes it as it is then"
