"""WhisperX JSON: `segments` with `speaker` and, where aligned, `words`."""

from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcripts.segments import Segment, UnreadableTranscriptError


def is_whisperx(document: Any) -> bool:
    """Whether a parsed JSON document looks like WhisperX output."""
    segments = document.get("segments") if isinstance(document, dict) else None
    return isinstance(segments, list) and all("text" in item and "start" in item for item in segments)


def whisperx_segments(document: dict[str, Any]) -> list[Segment]:
    """Segments, split where the word-level speaker changes. Raises UnreadableTranscriptError where none is named."""
    segments = []
    for item in document["segments"]:
        words = item.get("words") or []
        default = item.get("speaker")
        runs = _runs_of_speaker(words, default) if words else [(default, [])]
        for speaker, run in runs:
            if speaker is None:
                raise UnreadableTranscriptError(f"no speaker for the segment at {item['start']} s: run with --diarize")
            segments.append(_segment(str(speaker), item, run, is_whole=len(runs) == 1))
    return segments


def _runs_of_speaker(words: list[dict[str, Any]], default: str | None) -> list[tuple[str | None, list[dict[str, Any]]]]:
    runs: list[tuple[str | None, list[dict[str, Any]]]] = []
    for word in words:
        # A word WhisperX could not align carries no speaker: it stays with its neighbours.
        speaker = word.get("speaker") or (runs[-1][0] if runs else default)
        if runs and runs[-1][0] == speaker:
            runs[-1][1].append(word)
        else:
            runs.append((speaker, [word]))
    return runs


def _segment(speaker: str, item: dict[str, Any], words: list[dict[str, Any]], *, is_whole: bool) -> Segment:
    timed = [word for word in words if "start" in word and "end" in word]
    if is_whole or not timed:
        start, end = float(item["start"]), float(item["end"])
    else:
        start, end = float(timed[0]["start"]), float(timed[-1]["end"])
    text = item["text"] if is_whole else " ".join(word["word"] for word in words)
    known = tuple(Word(w["word"], float(w["start"]), float(w["end"]), w.get("score")) for w in timed)
    # Word times are only useful when every word has one: a quote is located by counting words.
    return Segment(speaker, start, end, text, known if len(known) == len(words) else ())
