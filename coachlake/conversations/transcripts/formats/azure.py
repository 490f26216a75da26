"""Azure Speech: batch transcription (`recognizedPhrases`) and fast transcription (`phrases`).

Microsoft Learn, "Get batch transcription results" and "Use the fast transcription API".
"""

from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Participant, Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.parsed import CamelPart, has_list, parsed
from coachlake.conversations.transcripts.piece import NOT_A_TIME, Piece

_BATCH, _FAST = "Azure batch transcription JSON", "Azure fast transcription JSON"
_TICKS_PER_S = 1e7


class _Timed(CamelPart):
    """Offsets in ticks of 100 ns or in milliseconds: later versions give both."""

    offset_in_ticks: float | None = None
    duration_in_ticks: float | None = None
    offset_milliseconds: float | None = None
    duration_milliseconds: float | None = None

    @property
    def times(self) -> tuple[float | None, float | None]:
        """Start and end in seconds."""
        if self.offset_in_ticks is not None:
            start, length = self.offset_in_ticks / _TICKS_PER_S, _over(self.duration_in_ticks, _TICKS_PER_S)
        elif self.offset_milliseconds is not None:
            start, length = self.offset_milliseconds / 1000, _over(self.duration_milliseconds, 1000)
        else:
            return None, None
        return start, None if length is None else start + length


class _Word(_Timed):
    word: str | None = None
    display_text: str | None = None
    text: str | None = None
    confidence: float | None = None


class _Best(CamelPart):
    display: str = ""
    words: list[_Word] | None = None
    display_words: list[_Word] | None = None


class _Phrase(_Timed):
    channel: str | None = None
    speaker: str | None = None
    locale: str | None = None
    n_best: list[_Best] | None = None
    text: str = ""
    words: list[_Word] | None = None


class _Batch(CamelPart):
    recognized_phrases: list[_Phrase]
    duration_in_ticks: float | None = None
    duration_milliseconds: float | None = None


class _Fast(CamelPart):
    phrases: list[_Phrase]
    duration_milliseconds: float | None = None


def is_azure(document: Any) -> bool:
    """Whether a parsed JSON document is a result of either service."""
    return has_list(document, "recognizedPhrases", "nBest") or (
        has_list(document, "phrases", "text") and "combinedPhrases" in document
    )


def read_azure(document: Any) -> Transcript:
    """The transcript by channel and speaker. Raises UnreadableTranscriptError where there is neither."""
    if "recognizedPhrases" in document:
        batch = parsed(_Batch, document, _BATCH)
        length = _over(batch.duration_in_ticks, _TICKS_PER_S) or _over(batch.duration_milliseconds, 1000)
        return _transcript(_BATCH, batch.recognized_phrases, length)
    fast = parsed(_Fast, document, _FAST)
    return _transcript(_FAST, fast.phrases, _over(fast.duration_milliseconds, 1000))


def _transcript(name: str, phrases: list[_Phrase], duration_s: float | None) -> Transcript:
    channels = sorted({phrase.channel for phrase in phrases if phrase.channel is not None})
    people: dict[str, Participant] = {}
    pieces = []
    for number, phrase in enumerate(phrases, start=1):
        someone = _person(phrase, channels)
        if someone:
            people[someone.label] = someone
        best = phrase.n_best[0] if phrase.n_best else None
        text = best.display if best else phrase.text
        spoken = (best.display_words or best.words) if best else phrase.words
        words = tuple(_word(word) for word in spoken or [])
        pieces.append(Piece(f"phrase {number}", someone.label if someone else None, text, *phrase.times, words))
    return assembled(
        name,
        pieces,
        advice="turn on diarization or send both channels",
        participants=people.values(),
        duration_s=duration_s,
        language=next((phrase.locale for phrase in phrases if phrase.locale), None),
    )


def _person(phrase: _Phrase, channels: list[str]) -> Participant | None:
    speaker = f"speaker {phrase.speaker}" if phrase.speaker not in (None, "", "0") else None
    if len(channels) < 2 or phrase.channel is None:
        return Participant(speaker) if speaker else None
    label = f"channel {phrase.channel}" + (f" {speaker}" if speaker else "")
    return Participant(label, channel=channels.index(phrase.channel))


def _word(word: _Word) -> Word:
    start, end = word.times
    text = word.display_text or word.word or word.text or ""
    return Word(text, NOT_A_TIME if start is None else start, NOT_A_TIME if end is None else end, word.confidence)


def _over(value: float | None, unit: float) -> float | None:
    return None if value is None else value / unit
