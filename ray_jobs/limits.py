"""Limits of one call: what is too long, too large or takes too long is refused by name, with the value seen."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.settings import Limits
from coachlake.speech.decode import UnreadableAudioError, header_minutes


class TookTooLongError(Exception):
    """Work on a call went beyond its time."""


def check_recording(path: Path, limits: Limits) -> None:
    """Raises UnreadableAudioError where the file's own header says that it is longer than a call may be."""
    minutes = header_minutes(path)
    if minutes is not None and minutes > limits.recording_minutes:
        raise UnreadableAudioError(
            f"{minutes:.0f} minutes long: the limit recording_minutes is {limits.recording_minutes}"
        )


def check_transcript_file(path: Path, limits: Limits) -> None:
    """Raises UnreadableTranscriptError where the file is larger than a transcript may be."""
    megabytes = path.stat().st_size / (1 << 20)
    if megabytes > limits.transcript_megabytes:
        raise UnreadableTranscriptError(
            f"{megabytes:.0f} MB: the limit transcript_megabytes is {limits.transcript_megabytes}"
        )


def check_transcript(transcript: Transcript, limits: Limits) -> None:
    """Raises UnreadableTranscriptError where there is more in it than one call may hold."""
    if len(transcript.segments) > limits.turns_a_call:
        raise UnreadableTranscriptError(
            f"{len(transcript.segments)} stretches of speech: the limit turns_a_call is {limits.turns_a_call}"
        )
    longest = max(transcript.segments, key=lambda segment: len(segment.text))
    if len(longest.text) > limits.turn_characters:
        raise UnreadableTranscriptError(
            f"{longest.speaker} says {len(longest.text)} characters at {longest.start_s:.0f} s without a break: the "
            f"limit turn_characters is {limits.turn_characters}"
        )


@contextmanager
def within_minutes(minutes: float) -> Iterator[None]:
    """Raises TookTooLongError inside the block once it has run so long (as soon as native code returns).

    Only a process's main thread can be stopped so, as the actors' work is; elsewhere nothing is limited.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        raise TookTooLongError(f"it took longer than {minutes:g} minutes, the limit minutes_a_call")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 60 * minutes)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
