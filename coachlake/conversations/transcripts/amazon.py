"""Amazon Transcribe JSON, standard (speaker or channel labels) and Call Analytics (participant roles)."""

from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcripts.segments import Segment, UnreadableTranscriptError

# A pause longer than this inside one speaker's items starts a new segment (seconds).
_PAUSE_S = 0.8


def is_call_analytics(document: Any) -> bool:
    """Whether a parsed JSON document is Call Analytics output."""
    return isinstance(document, dict) and isinstance(document.get("Transcript"), list)


def is_transcribe(document: Any) -> bool:
    """Whether a parsed JSON document is standard Transcribe output."""
    return isinstance(document, dict) and isinstance(document.get("results"), dict)


def call_analytics_segments(document: dict[str, Any]) -> list[Segment]:
    """Segments of a Call Analytics transcript; the roles AGENT and CUSTOMER are the speaker labels."""
    return [
        Segment(
            speaker=item.get("ParticipantRole") or item["ParticipantId"],
            start_s=item["BeginOffsetMillis"] / 1000,
            end_s=item["EndOffsetMillis"] / 1000,
            text=item["Content"],
            words=_analytics_words(item.get("Items") or []),
        )
        for item in document["Transcript"]
    ]


def transcribe_segments(document: dict[str, Any]) -> list[Segment]:
    """Segments of a standard transcript, from channel labels where there are some, else speaker labels.

    Raises UnreadableTranscriptError where the job was run without either.
    """
    results = document["results"]
    if channels := results.get("channel_labels", {}).get("channels"):
        return [
            segment
            for channel in channels
            for segment in _segments_of_items(channel["items"], default=channel["channel_label"])
        ]
    if not results.get("speaker_labels"):
        raise UnreadableTranscriptError(
            "no speaker_labels or channel_labels: run the job with speaker or channel labels"
        )
    by_start = {
        item["start_time"]: item["speaker_label"]
        for segment in results["speaker_labels"]["segments"]
        for item in segment["items"]
    }
    return _segments_of_items(results["items"], by_start=by_start)


def _segments_of_items(
    items: list[dict[str, Any]], by_start: dict[str, str] | None = None, default: str = ""
) -> list[Segment]:
    segments: list[Segment] = []
    for item in items:
        best = item["alternatives"][0]
        if item["type"] == "punctuation":
            if segments:
                segments[-1] = _with_punctuation(segments[-1], best["content"])
            continue
        start, end = float(item["start_time"]), float(item["end_time"])
        speaker = item.get("speaker_label") or (by_start or {}).get(item["start_time"]) or default
        word = Word(best["content"], start, end, float(best.get("confidence") or 0.0))
        last = segments[-1] if segments else None
        if last and last.speaker == speaker and start - last.end_s <= _PAUSE_S:
            segments[-1] = Segment(speaker, last.start_s, end, f"{last.text} {word.text}", (*last.words, word))
        else:
            segments.append(Segment(speaker, start, end, word.text, (word,)))
    return segments


def _with_punctuation(segment: Segment, mark: str) -> Segment:
    last = segment.words[-1]
    words = (*segment.words[:-1], Word(last.text + mark, last.start_s, last.end_s, last.probability))
    return Segment(segment.speaker, segment.start_s, segment.end_s, segment.text + mark, words)


def _analytics_words(items: list[dict[str, Any]]) -> tuple[Word, ...]:
    words: list[Word] = []
    for item in items:
        if item.get("Type") == "punctuation":
            if words:
                last = words[-1]
                words[-1] = Word(last.text + item["Content"], last.start_s, last.end_s, last.probability)
            continue
        confidence = item.get("Confidence")
        start, end = item["BeginOffsetMillis"] / 1000, item["EndOffsetMillis"] / 1000
        words.append(Word(item["Content"], start, end, float(confidence) if confidence is not None else None))
    return tuple(words)
