"""A transcript as a conversation of two, until roles are decided by `conversations.roles` over the whole call."""

from dataclasses import replace
from pathlib import Path

from coachlake.conversations.conversation import (
    Conversation,
    Speaker,
    Turn,
    conversation_from_lines,
    conversation_from_turns,
)
from coachlake.conversations.transcript import Segment, UnreadableTranscriptError
from coachlake.conversations.transcripts.labels import role_of
from coachlake.conversations.transcripts.read import read_transcript

# Two segments of one speaker closer than this are one turn.
JOIN_GAP_S = 0.8


def read_conversation(path: Path, call_id: str) -> Conversation:
    """The conversation in a transcript file: words of systems and others left out, roles by what the source says."""
    transcript = read_transcript(path)
    roles = {person.label: person.role for person in transcript.participants}
    heard = [
        replace(segment, speaker=roles[segment.speaker] or segment.speaker)
        for segment in transcript.segments
        if roles[segment.speaker] not in ("system", "other", "other_rep")
    ]
    if transcript.is_timed:
        return conversation_from_segments(call_id, heard, transcript.duration_s)
    named = speaker_roles(heard)
    return conversation_from_lines(call_id, [(named[segment.speaker], segment.text) for segment in heard])


def conversation_from_segments(call_id: str, segments: list[Segment], duration_s: float | None = None) -> Conversation:
    """Segments in any order into a conversation: roles named, neighbours of one speaker joined into turns.

    Raises UnreadableTranscriptError where there is no text, or more than two speakers talk.
    """
    spoken = sorted(
        (segment for segment in segments if segment.text.strip()), key=lambda item: (item.start_s, item.end_s)
    )
    if not spoken:
        raise UnreadableTranscriptError("the transcript holds no spoken text")
    roles = speaker_roles(spoken)
    turns = [
        Turn(index, roles[item.speaker], item.start_s, max(item.start_s, item.end_s), item.text.strip(), item.words)
        for index, item in enumerate(_joined(spoken))
    ]
    return conversation_from_turns(call_id, turns, duration_s)


def speaker_roles(segments: list[Segment]) -> dict[str, Speaker]:
    """Speaker label → role, by name where the label says it, else by what each speaker says.

    Raises UnreadableTranscriptError where there are more than two labels and their names do not settle it.
    """
    labels = list(dict.fromkeys(segment.speaker for segment in segments))
    named = {label: role for label in labels if (role := _role_by_name(label))}
    if len(named) == len(labels):
        return named
    if len(labels) > 2:
        raise UnreadableTranscriptError(
            f"{len(labels)} speakers ({', '.join(labels)}): name them rep and customer, or leave two"
        )
    if named:
        known, role = next(iter(named.items()))
        other: Speaker = "customer" if role == "rep" else "rep"
        return {label: role if label == known else other for label in labels}
    return _roles_by_words(labels, segments)


def _roles_by_words(labels: list[str], segments: list[Segment]) -> dict[str, Speaker]:
    from coachlake.conversations.roles import rep_index

    texts = [[segment.text for segment in segments if segment.speaker == label] for label in labels]
    rep = labels[rep_index(texts)]
    return {label: "rep" if label == rep else "customer" for label in labels}


def _role_by_name(label: str) -> Speaker | None:
    role = role_of(label)
    return role if role == "rep" or role == "customer" else None


def _joined(segments: list[Segment]) -> list[Segment]:
    joined: list[Segment] = []
    for segment in segments:
        last = joined[-1] if joined else None
        if last and last.speaker == segment.speaker and segment.start_s - last.end_s <= JOIN_GAP_S:
            text = f"{last.text.strip()} {segment.text.strip()}"
            end = max(last.end_s, segment.end_s)
            joined[-1] = Segment(last.speaker, last.start_s, end, text, last.words + segment.words)
        else:
            joined.append(segment)
    return joined
