"""Menus, queues and announcements told apart from the person on the same line, by what they say."""

from collections.abc import Sequence
from dataclasses import replace

from coachlake.admission.phrases import is_announcement, is_personal, menu_phrases
from coachlake.admission.tokens import word_count
from coachlake.conversations.transcript import Participant, Segment, Transcript

LABEL = "menu"
# A machine's text is made of such phrases: two and more, one in so many words.
_PHRASES = 2
_WORDS_PER_PHRASE = 15
# Whoever has said this much in answer is being talked to: from then on keys to press are explained by a person.
_ANSWERED_WORDS = 5


def machine_labels(transcript: Transcript) -> frozenset[str]:
    """Labels whose words are nobody's."""
    return frozenset(person.label for person in transcript.participants if person.role == "system")


def with_machines_apart(transcript: Transcript) -> Transcript:
    """The transcript with segments that a machine speaks given to a participant "menu" of role `system`.

    A segment is a machine's when it is made of announcements, or of keys to press before anybody has been spoken
    to, and names no person. The transcript itself where there is none.
    """
    machines = machine_labels(transcript)
    segments = [
        replace(segment, speaker=LABEL)
        if segment.speaker not in machines and _is_machine(transcript.segments, index)
        else segment
        for index, segment in enumerate(transcript.segments)
    ]
    if not any(segment.speaker == LABEL for segment in segments) or LABEL in transcript.labels:
        return transcript
    menu = Participant(LABEL, role="system")
    return replace(transcript, segments=tuple(segments), participants=(*transcript.participants, menu))


def _is_machine(segments: Sequence[Segment], index: int) -> bool:
    segment = segments[index]
    phrases = menu_phrases(segment.text)
    if phrases < _PHRASES or word_count(segment.text) > _WORDS_PER_PHRASE * phrases or is_personal(segment.text):
        return False
    return is_announcement(segment.text) or not any(
        other.speaker != segment.speaker and word_count(other.text) >= _ANSWERED_WORDS for other in segments[:index]
    )
