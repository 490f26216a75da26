"""The player of a call's recording: as it is where browsers play it, else a copy that is made beside the page."""

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path

import streamlit as st

from coachlake.app.data import settings
from coachlake.app.parts import note
from coachlake.app.recording import hidden_spans, suffix_of
from coachlake.files import write_whole
from coachlake.speech.decode import UnreadableAudioError
from coachlake.speech.playable import Spans, copy_of, playable_copy, plays_as_it_is

_FORMATS = {
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".oga": "audio/ogg",
    ".aac": "audio/aac",
    ".webm": "audio/webm",
}
_LOOK_AGAIN_S = 1.0


def player(sound: str | bytes, call_id: str, start_s: float = 0.0) -> None:
    """Show the recording (as `recording` gives it) from `start_s`; a line while its copy is made or why there is none.

    The copy is made once, in a thread of its own, when the recording is first shown; it is kept under the home. What
    was taken out of the call's words is silent in it.
    """
    path, muted = _on_disk(sound), hidden_spans(call_id)
    if not muted and plays_as_it_is(path):
        _audio(path if isinstance(sound, str) else sound, suffix_of(sound), call_id, start_s)
        return
    copy = copy_of(path, _cache_folder(), muted)
    if copy.exists():
        _audio(copy, copy.suffix, call_id, start_s)
    else:
        _wait(path, muted)


def _audio(sound: Path | bytes, suffix: str, call_id: str, start_s: float) -> None:
    st.audio(sound, _FORMATS.get(suffix, "audio/wav"), start_time=start_s, alt=f"Recording of call {call_id}")


@st.fragment(run_every=_LOOK_AGAIN_S)
def _wait(path: Path, muted: Spans) -> None:
    copy = copy_of(path, _cache_folder(), muted)
    made = _making(path, copy, muted)
    if not made.done():
        note("A copy is being made: one without what identifies people, or in a format that browsers play.")
    elif isinstance(made.exception(), UnreadableAudioError):
        note(f"This recording cannot be played: {made.exception()}.")
    else:
        made.result()
        _making.clear(path, copy, muted)  # one that goes later, by age or on request, is made again
        st.rerun()


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="playable")


@st.cache_resource(max_entries=64, show_spinner=False)
def _making(path: Path, target: Path, muted: Spans) -> "Future[Path]":
    """The one attempt at this copy that all pages share."""
    return _workers().submit(playable_copy, path, target.parent, muted)


def _cache_folder() -> Path:
    return Path(settings().home) / "cache" / "playable"


def _on_disk(sound: str | bytes) -> Path:
    """A local path; what came from a store is put beside the copies, under the name of its content."""
    if isinstance(sound, str):
        return Path(sound)
    path = _cache_folder() / f"{hashlib.sha256(sound).hexdigest()[:24]}{suffix_of(sound)}"
    if not path.exists():
        write_whole(path, sound)
    return path
