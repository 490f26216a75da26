"""Everything that lies in a delivered folder, each thing once, whatever it is; nothing here is opened."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coachlake.conversations.transcripts.read import TRANSCRIPT_SUFFIXES
from coachlake.files import is_within

# What a stray file must be called to be taken for a recording that nobody named; a named one is told by its content.
AUDIO_SUFFIXES = (
    ".3gp", ".aac", ".aif", ".aiff", ".al", ".alaw", ".amr", ".au", ".caf", ".flac", ".g711", ".g722", ".gsm", ".m4a",
    ".mka", ".mkv", ".mov", ".mp3", ".mp4", ".mpga", ".ogg", ".opus", ".ul", ".ulaw", ".wav", ".webm", ".wma",
)  # fmt: skip
LEADS_OUT = "a link out of the folder: what it leads to was not delivered"
NAMED_BY_NO_ROW = "no row of the call facts names it, and it is neither a recording nor a transcript"
_BY_SYSTEMS = {"thumbs.db", "desktop.ini", "__macosx"}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing in a folder: `name` relative to it, `bytes` of a file, and why it can be no call (None: it may be)."""

    name: str
    path: Path
    bytes: int | None
    why_not: str | None = None

    @property
    def is_recording(self) -> bool:
        """By its name."""
        return self.path.suffix.lower() in AUDIO_SUFFIXES

    @property
    def is_transcript(self) -> bool:
        """By its name."""
        return self.path.suffix.lower() in TRANSCRIPT_SUFFIXES


def entries_of(folder: Path) -> Iterator[Found]:
    """Every file below a folder in order of name, and what is no file where somebody may take it for one (a folder
    called `x.wav`, a link to nothing or out of the folder, a pipe, what cannot be read)."""
    yield from _below(folder, "", folder)


def is_systems_own(name: str) -> bool:
    """Whether a file is a system's or an editor's, not a person's: `.DS_Store`, `._call.wav`, `~$calls.xlsx`."""
    return (
        name.startswith((".", "~$")) or name.lower() in _BY_SYSTEMS or name.endswith((".part", ".tmp", ".crdownload"))
    )


def printable(name: str) -> str:
    """A file's name as it can be stored and shown: bytes that are no text, and control characters, are replaced."""
    return "".join(sign if sign.isprintable() else "�" for sign in name)


def _below(folder: Path, prefix: str, whole: Path) -> Iterator[Found]:
    try:
        with os.scandir(folder) as opened:
            inside = sorted(opened, key=lambda entry: entry.name)
    except OSError as error:
        yield Found(prefix.rstrip("/") or ".", folder, None, f"the folder cannot be opened: {error.strerror}")
        return
    for entry in inside:
        path = Path(entry.path)
        try:
            mode = entry.stat().st_mode
            size = entry.stat().st_size
        except OSError as error:
            why = "a link to nothing" if entry.is_symlink() else f"it cannot be looked at: {error.strerror}"
            yield Found(prefix + entry.name, path, None, why)
            continue
        if entry.is_symlink() and not stat.S_ISDIR(mode) and not is_within(path, whole):
            yield Found(prefix + entry.name, path, None, LEADS_OUT)
            continue
        yield from _entry(prefix + entry.name, path, mode, size, whole, is_link=entry.is_symlink())


def _entry(name: str, path: Path, mode: int, size: int, whole: Path, *, is_link: bool) -> Iterator[Found]:
    if stat.S_ISDIR(mode):
        if is_link:  # what it leads to may lie anywhere, also above
            yield Found(name, path, None, "a link to a folder: it is not followed")
            return
        if path.suffix.lower() in (*AUDIO_SUFFIXES, *TRANSCRIPT_SUFFIXES):
            yield Found(name, path, None, "a folder, not a file")
        if not is_systems_own(path.name):
            yield from _below(path, f"{name}/", whole)
    elif not stat.S_ISREG(mode):
        yield Found(name, path, None, "no file but a pipe, socket or device")
    elif is_systems_own(path.name):
        yield Found(name, path, size, "a system's own or unfinished file")
    else:
        yield Found(name, path, size)
