"""From a transcript and who is who to the conversation that is scored."""

from collections.abc import Sequence
from dataclasses import replace

from coachlake.conversations.continued import goes_on
from coachlake.conversations.conversation import Aside, Conversation, Speaker, Turn, conversation_from_turns
from coachlake.conversations.endings import has_marks
from coachlake.conversations.known import Roles
from coachlake.conversations.transcript import Role, Segment, Transcript

# Two segments of one speaker closer than this are one turn (seconds).
JOIN_GAP_S = 0.8
NOMINAL_WORD_S = 0.4  # 150 words a minute


def conversation_of(call_id: str, transcript: Transcript, roles: Roles) -> Conversation:
    """The rep's leg of the call: their turns and the customer's to them; everything else is kept as `others`.

    Neighbouring segments of one speaker are joined into turns, and so are the parts of a sentence said over a pause or
    over the other's signs of listening. Raises ValueError where a segment ends before it
    starts.
    """
    spoken = [segment for segment in transcript.segments if segment.text.strip()]
    spoken = sorted(spoken, key=lambda s: (s.start_s, s.end_s)) if transcript.is_timed else _on_a_clock(spoken)
    cast = [roles.of.get(segment.speaker, "other") for segment in spoken]
    mine = _in_leg(cast)
    turns = _joined([segment for segment, is_mine in zip(spoken, mine, strict=True) if is_mine], roles)
    others = tuple(
        Aside(segment.speaker, role, segment.start_s, segment.end_s, segment.text.strip())
        for segment, role, is_mine in zip(spoken, cast, mine, strict=True)
        if not is_mine
    )
    latest = max((segment.end_s for segment in spoken), default=0.0)
    duration = max(transcript.duration_s or 0.0, latest)
    made = conversation_from_turns(call_id, turns, duration, is_timed=transcript.is_timed)
    return Conversation(call_id, made.turns, made.duration_s, made.is_timed, transcript.notes, others)


def _on_a_clock(segments: Sequence[Segment]) -> list[Segment]:
    """Untimed segments one after the other, in the order given, at a nominal pace: quotes then have a place."""
    placed, clock = [], 0.0
    for segment in segments:
        end = clock + NOMINAL_WORD_S * max(1, len(segment.text.split()))
        placed.append(replace(segment, start_s=clock, end_s=end, words=()))
        clock = end
    return placed


def _in_leg(cast: Sequence[Role]) -> list[bool]:
    """Whether each segment belongs to the scored rep's leg: their own words, and a customer's that follow or precede
    them with no colleague between (a colleague before or after has a leg of their own)."""
    before, after = _nearest_agent(cast), _nearest_agent(cast[::-1])[::-1]
    return [
        role == "rep" or (role == "customer" and "rep" in neighbours)
        for role, *neighbours in zip(cast, before, after, strict=True)
    ]


def _nearest_agent(cast: Sequence[Role]) -> list[Role | None]:
    """For each position the last of the company who spoke before it."""
    last: Role | None = None
    found: list[Role | None] = []
    for role in cast:
        found.append(last)
        last = role if role in ("rep", "other_rep") else last
    return found


def _joined(segments: Sequence[Segment], roles: Roles) -> list[Turn]:
    is_marked = has_marks([segment.text for segment in segments])
    turns: list[Turn] = []
    for segment in segments:
        speaker: Speaker = "rep" if roles.of[segment.speaker] == "rep" else "customer"
        at = None if segment.voice else _continues(turns, speaker, segment, is_marked)
        if at is None:
            end = max(segment.start_s, segment.end_s)
            turn = Turn(-1, speaker, segment.start_s, end, segment.text.strip(), segment.words, voice=segment.voice)
            turns.append(turn)
        else:
            turns[at] = _with(turns[at], segment)
    return turns


def _continues(turns: Sequence[Turn], speaker: Speaker, segment: Segment, is_marked: bool) -> int | None:
    """Which turn the segment goes on with: its speaker's last one, where it is the last of all and no pause lies
    between, or where a sentence is left open and the other has only shown that they listen."""
    at = next((index for index in reversed(range(len(turns))) if turns[index].speaker == speaker), None)
    if at is None or turns[at].voice:
        return None
    pause, between = segment.start_s - turns[at].end_s, " ".join(turn.text for turn in turns[at + 1 :])
    if not between and pause <= JOIN_GAP_S:
        return at
    return at if goes_on(turns[at].text, segment.text, between, pause, is_marked=is_marked) else None


def _with(turn: Turn, segment: Segment) -> Turn:
    end, text = max(turn.end_s, segment.end_s), f"{turn.text} {segment.text.strip()}"
    return Turn(-1, turn.speaker, turn.start_s, end, text, turn.words + segment.words)
