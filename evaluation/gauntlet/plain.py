"""How often plain calls are asked about or refused: real dialogues of two, by how much is known of who is who."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coachlake.admission.admit import admit
from coachlake.conversations.conversation import Conversation
from coachlake.conversations.known import Known
from coachlake.conversations.roles import decide_roles
from coachlake.conversations.transcript import Participant, Role, Segment, Transcript
from evaluation.sets import annomi, p4g, primock57, stc3
from evaluation.sets.find import SetNotFoundError

# The first so many of each set: rates of a few per cent are seen, and the whole takes minutes.
_MOST = 200
_SETS: dict[str, Callable[[Path], Sequence[Conversation]]] = {
    "annomi": lambda folder: [dialogue for dialogue, _ in annomi.dialogues(folder).values()],
    "p4g": lambda folder: [dialogue for dialogue, _ in p4g.persuasions(folder)],
    "primock57": lambda folder: list(primock57.consultations(folder).values()),
    "stc3": stc3.chats,
}
# Names that none of the dialogues hold.
_NAMES = {"rep": "Ottilie Quandt", "customer": "Wanda Yildirim"}
# What is known → labels and source roles of the two, call facts.
_KNOWN: dict[str, tuple[dict[str, str], bool, Known]] = {
    "roles": ({"rep": "AGENT", "customer": "CUSTOMER"}, True, Known()),
    "name": (_NAMES, False, Known(rep_name=_NAMES["rep"])),
    "nothing": ({"rep": "Speaker 1", "customer": "Speaker 2"}, False, Known()),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """Of `calls` dialogues of a set: how many asked about, refused, or scored by the wrong person; `reasons` counts
    refusals by their code."""

    data: str
    known: str
    calls: int
    asked: int
    refused: int
    wrong: int
    reasons: dict[str, int] = field(default_factory=dict)


def plain_calls(folder: Path) -> Iterator[Rate]:
    """The rates of every set found under `folder`; a set that is not there is left out."""
    for name, read in _SETS.items():
        try:
            dialogues = read(folder)[:_MOST]
        except SetNotFoundError:
            continue
        for known in _KNOWN:
            yield _rate(name, known, dialogues)


def _rate(name: str, known: str, dialogues: Sequence[Conversation]) -> Rate:
    labels, has_roles, facts = _KNOWN[known]
    found: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for dialogue in dialogues:
        admitted = admit(_transcript(dialogue, labels, has_roles=has_roles))
        if admitted.code:
            found["refused"] += 1
            reasons[admitted.code] += 1
            continue
        roles = decide_roles(admitted.transcript, facts)
        found["asked"] += roles.question is not None
        found["wrong"] += roles.question is None and roles.of.get(labels["rep"]) != "rep"
    return Rate(name, known, len(dialogues), found["asked"], found["refused"], found["wrong"], dict(reasons))


def _transcript(dialogue: Conversation, labels: dict[str, str], *, has_roles: bool) -> Transcript:
    roles: dict[str, Role] = {"rep": "rep", "customer": "customer"}
    people = tuple(Participant(labels[who], role=roles[who] if has_roles else None) for who in roles)
    said = tuple(Segment(labels[turn.speaker], turn.start_s, turn.end_s, turn.text) for turn in dialogue.turns)
    return Transcript(said, people, "labelled set", dialogue.duration_s, dialogue.is_timed)
