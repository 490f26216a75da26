"""Amazon Transcribe, standard jobs, with speaker or channel labels.

AWS documentation, "Partitioning speakers (diarization)" and "Transcribing multi-channel audio".
"""

from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Participant, Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.parsed import Part, parsed
from coachlake.conversations.transcripts.piece import NOT_A_TIME
from coachlake.conversations.transcripts.words import stretches, with_mark

NAME = "Amazon Transcribe JSON"


class _Alternative(Part):
    content: str
    confidence: float | None = None


class _Item(Part):
    type: str
    alternatives: list[_Alternative]
    start_time: float | None = None
    end_time: float | None = None
    speaker_label: str | None = None


class _SpokenItem(Part):
    start_time: str
    speaker_label: str


class _SpeakerSegment(Part):
    items: tuple[_SpokenItem, ...] = ()


class _SpeakerLabels(Part):
    segments: tuple[_SpeakerSegment, ...] = ()


class _Channel(Part):
    channel_label: str
    items: list[_Item]


class _ChannelLabels(Part):
    channels: tuple[_Channel, ...] = ()


class _Results(Part):
    items: tuple[_Item, ...] = ()
    speaker_labels: _SpeakerLabels | None = None
    channel_labels: _ChannelLabels | None = None
    language_code: str | None = None


class _Document(Part):
    results: _Results


def is_amazon_transcribe(document: Any) -> bool:
    """Whether a parsed JSON document is a standard job's output."""
    results = document.get("results") if isinstance(document, dict) else None
    return isinstance(results, dict) and bool({"items", "speaker_labels", "channel_labels"} & results.keys())


def read_amazon_transcribe(document: Any) -> Transcript:
    """The transcript, by channel labels where there are some, else by speaker labels.

    Raises UnreadableTranscriptError where the job was run without either.
    """
    results = parsed(_Document, document, NAME).results
    advice = "run the job with speaker or channel labels"
    people = []
    if results.channel_labels and results.channel_labels.channels:
        pieces = []
        for index, channel in enumerate(results.channel_labels.channels):
            people.append(Participant(channel.channel_label, channel=index))
            spoken = _spoken([(channel.channel_label, item) for item in channel.items])
            pieces += stretches(spoken, f"{channel.channel_label} stretch")
    else:
        labels = results.speaker_labels.segments if results.speaker_labels else []
        # Labels are matched by the item's start as it is written, which the two lists share.
        by_start = {_number(item.start_time): item.speaker_label for segment in labels for item in segment.items}
        pieces = stretches(
            _spoken([(item.speaker_label or by_start.get(item.start_time), item) for item in results.items])
        )
    return assembled(NAME, pieces, advice=advice, participants=people, language=results.language_code)


def _spoken(items: list[tuple[str | None, _Item]]) -> list[tuple[str | None, Word]]:
    words: list[tuple[str | None, Word]] = []
    for label, item in items:
        if not item.alternatives:
            continue
        best = item.alternatives[0]
        if item.type == "punctuation":
            if words:
                words[-1] = (words[-1][0], with_mark(words[-1][1], best.content))
            continue
        start = NOT_A_TIME if item.start_time is None else item.start_time
        end = NOT_A_TIME if item.end_time is None else item.end_time
        words.append((label, Word(best.content, start, end, best.confidence)))
    return words


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
