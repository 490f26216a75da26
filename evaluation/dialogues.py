"""A seeded sample of the real dialogues of the sets, for what needs no labels."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from coachlake.conversations.conversation import Conversation
from evaluation.sets import annomi, primock57, stc3
from evaluation.sets.find import NothingLabelledError, SetNotFoundError

_SEED = 16
# Enough for an interval of about ±.03 on what most calls share, in minutes: counselling and consultations are long.
_OF_EACH = {"stc3": 36, "annomi": 12, "primock57": 6}
_READERS: dict[str, Callable[[Path], list[Conversation]]] = {
    "stc3": stc3.chats,
    "annomi": lambda folder: [conversation for conversation, _ in annomi.dialogues(folder).values()],
    "primock57": lambda folder: list(primock57.consultations(folder).values()),
}
# Under which a set's dialogues are scored: the shipped rubric nearest to what they are about.
RUBRIC_OF = {"stc3": "technical_support", "annomi": "insurance_service", "primock57": "insurance_service"}


def sample(folder: Path, of_each: dict[str, int] | None = None) -> dict[str, list[Conversation]]:
    """Set → so many of its dialogues (default: `_OF_EACH`), drawn at random, the same in every run.

    Sets that are not there are left out; raises NothingLabelledError where none is.
    """
    found = {}
    for name, count in (of_each or _OF_EACH).items():
        try:
            known = sorted(_READERS[name](folder), key=lambda conversation: conversation.call_id)
        except SetNotFoundError:
            continue
        found[name] = Random(_SEED).sample(known, min(count, len(known)))
    if not any(found.values()):
        raise NothingLabelledError("dialogues of stc3, annomi or primock57")
    return found
