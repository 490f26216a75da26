"""What every transcript format is first read into, and how that becomes a conversation with named roles."""

from dataclasses import dataclass

from coachlake.conversations.conversation import Conversation, Speaker, Turn, Word, conversation_from_turns

# Names that say by themselves who is speaking, lower case. Anything else is decided by what the speakers say.
_REP_NAMES = {"rep", "agent", "advisor", "adviser", "representative", "operator", "consultant", "assistant"}
_CUSTOMER_NAMES = {"customer", "caller", "client", "member", "policyholder", "patient", "prospect"}
# Two segments of one speaker closer than this are one turn.
JOIN_GAP_S = 0.8


class UnreadableTranscriptError(ValueError):
    """The file is no transcript this project can read; the message says what is missing and where."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one speaker's speech as the source gives it: its speaker label, times in seconds, text, words."""

    speaker: str
    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...] = ()


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
    words = set(label.lower().replace("_", " ").replace("-", " ").split())
    if words & _REP_NAMES:
        return "rep"
    return "customer" if words & _CUSTOMER_NAMES else None


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
