"""WhisperX JSON (github.com/m-bain/whisperX): `segments` with `speaker` and, where aligned, `words`."""

from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.parsed import Part, has_list, parsed
from coachlake.conversations.transcripts.piece import NOT_A_TIME, Piece

NAME = "WhisperX JSON"


class _Word(Part):
    word: str
    start: float | None = None
    end: float | None = None
    score: float | None = None
    speaker: str | None = None


class _Segment(Part):
    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    words: list[_Word] | None = None


class _Document(Part):
    segments: list[_Segment]
    language: str | None = None


def is_whisperx(document: Any) -> bool:
    """Whether a parsed JSON document is WhisperX output."""
    return has_list(document, "segments", "text", "start")


def read_whisperx(document: Any) -> Transcript:
    """Segments, split where the word-level speaker changes. Raises UnreadableTranscriptError where none is named."""
    read = parsed(_Document, document, NAME)
    pieces = []
    for number, segment in enumerate(read.segments, start=1):
        runs = _runs_of_speaker(segment.words or [], segment.speaker) or [(segment.speaker, [])]
        pieces += [
            _piece(f"segment {number}", speaker, segment, words, is_whole=len(runs) == 1) for speaker, words in runs
        ]
    return assembled(NAME, pieces, advice="run it with --diarize", language=read.language)


def _runs_of_speaker(words: list[_Word], default: str | None) -> list[tuple[str | None, list[_Word]]]:
    runs: list[tuple[str | None, list[_Word]]] = []
    for word in words:
        # A word WhisperX could not align carries no speaker: it stays with its neighbours.
        speaker = word.speaker or (runs[-1][0] if runs else default)
        if runs and runs[-1][0] in (speaker, None):
            runs[-1] = (speaker, runs[-1][1])
            runs[-1][1].append(word)
        else:
            runs.append((speaker, [word]))
    return runs


def _piece(place: str, speaker: str | None, segment: _Segment, words: list[_Word], *, is_whole: bool) -> Piece:
    known = tuple(Word(w.word.strip(), _time(w.start), _time(w.end), w.score) for w in words)
    if is_whole:
        return Piece(place, speaker, segment.text, segment.start, segment.end, known)
    timed = [word for word in words if word.start is not None and word.end is not None]
    start, end = (timed[0].start, timed[-1].end) if timed else (None, None)
    return Piece(place, speaker, " ".join(w.word.strip() for w in words), start, end, known)


def _time(value: float | None) -> float:
    return NOT_A_TIME if value is None else value
