"""What the product says one sentence does, in the words of the held-out labels (`labelled/acts.yaml`).

A moment is judged as calls are: as turns of a dialogue, by the signals that are found in it. What no signal says yet
is not in `SAYS`, and `tasks/acts.py` names it as unsaid; an act the product learns to say needs a line here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coachlake.conversations.conversation import Speaker, conversation_from_lines
from coachlake.conversations.dialogue import dialogue_of
from coachlake.signals.extract import extract_signals
from coachlake.signals.probing import probes
from coachlake.signals.signal import Signal
from evaluation.kit import EvaluationKit

# What the other side goes on to say: signals of a customer's turn need an answer to it, and it must do nothing itself.
_NEUTRAL: dict[Speaker, str] = {"rep": "Let me have a look at that.", "customer": "Mm-hmm, go on."}
_LEVELS = {"good": "specific", "average": "generic"}


@dataclass(frozen=True, slots=True)
class Heard:
    """The signals at a moment's own turn, and those that answer its cue or are answered by it."""

    text: str
    at: tuple[Signal, ...]
    to_cue: tuple[Signal, ...]
    of_cue: tuple[Signal, ...]

    def has(self, kind: str) -> bool:
        """Whether the turn itself carries a signal of a kind."""
        return any(signal.kind == kind for signal in self.at)


def heard(entry: Mapping[str, Any], kit: EvaluationKit) -> Heard:
    """The signals of `says` in answer to `cue`, spoken by `who`, with a neutral turn after it."""
    speaker: Speaker = "rep" if entry["who"] == "rep" else "customer"
    other: Speaker = "customer" if speaker == "rep" else "rep"
    before = [(other, str(entry["cue"]))] if entry["cue"] else []
    dialogue = dialogue_of(
        conversation_from_lines("moment", [*before, (speaker, str(entry["says"])), (other, _NEUTRAL[other])])
    )
    signals, place = extract_signals(dialogue, kit.signals), len(before)
    return Heard(
        str(entry["says"]),
        tuple(signal for signal in signals if signal.turn_index == place),
        tuple(signal for signal in signals if before and signal.cue_turn_index == place - 1),
        tuple(signal for signal in signals if signal.cue_turn_index == place),
    )


def _question(moment: Heard) -> str:
    forms = [signal.label for signal in moment.at if signal.kind == "question"]
    return forms[-1] if forms else "none"


def _acknowledged(moment: Heard) -> str:
    levels = [signal.label for signal in moment.to_cue if signal.kind == "empathy"]
    return _LEVELS.get(levels[0], "not met") if levels else "not met"


def _met(label: str) -> str:
    return label if label in ("specific", "generic") else "not met"


def _yes(name: str, kind: str) -> Callable[[Heard], str]:
    return lambda moment: name if moment.has(kind) else "none"


@dataclass(frozen=True, slots=True)
class Act:
    """A label of the held-out list as the product says it: of whose sentences, the label of an entry (None: the entry
    is not judged for this act), what is heard, and the words a keyword rule would go by → the label it gives."""

    who: Speaker
    label: Callable[[Mapping[str, Any]], str | None]
    says: Callable[[Heard], str]
    keywords: Mapping[str, str]


def _flag(name: str, field: str, values: Sequence[Any] = (1,)) -> Callable[[Mapping[str, Any]], str | None]:
    return lambda entry: name if entry.get(field) in values else "none"


def _trouble(entry: Mapping[str, Any]) -> str | None:
    # Anger is plainly audible strain: whether it is trouble too is not what this asks.
    if entry.get("heat") and "trouble" not in entry:
        return None
    return "trouble" if "trouble" in entry else "none"


def _ack(entry: Mapping[str, Any]) -> str | None:
    return _met(entry["ack"]) if "ack" in entry else None


def _any(words: str, label: str) -> dict[str, str]:
    return dict.fromkeys(words.split(), label)


SAYS: dict[str, Act] = {
    "trouble": Act(
        "customer",
        _trouble,
        lambda moment: "trouble" if any(signal.kind == "empathy" for signal in moment.of_cue) else "none",
        _any("problem broken wrong lost late sorry afraid cry worried upset", "trouble"),
    ),
    "heat": Act(
        "customer",
        _flag("heated", "heat", (1, 2)),
        _yes("heated", "escalation"),
        _any("furious angry manager ridiculous lawyer unacceptable unbelievable", "heated"),
    ),
    "rejection": Act(
        "customer",
        _flag("rejects", "rejects"),
        lambda moment: "rejects" if any(signal.kind == "adaptability" for signal in moment.of_cue) else "none",
        _any("no not don't doesn't didn't can't still", "rejects"),
    ),
    "acknowledgement": Act(
        "rep",
        _ack,
        _acknowledged,
        _any("sorry understand hear imagine feel", "generic"),
    ),
    "reflection": Act(
        "rep",
        _flag("reflection", "reflection"),
        _yes("reflection", "paraphrase"),
        _any("so you you're your", "reflection"),
    ),
    "probing": Act(
        "rep",
        _flag("probing", "probing"),
        lambda moment: "probing" if probes(moment.text) else "none",
        _any("what how why which", "probing"),
    ),
    "question": Act(
        "rep",
        lambda entry: str(entry.get("question", "none")),
        _question,
        {**_any("what how why", "open"), **_any("do is are did shall", "closed")},
    ),
    "hedge": Act(
        "rep",
        _flag("undermining", "hedge", ("substance",)),
        _yes("undermining", "hedge"),
        _any("think guess maybe might probably could", "undermining"),
    ),
    "proposal or commitment": Act(
        "rep",
        _flag("acts", "action", ("proposal", "commitment")),
        _yes("acts", "solution"),
        _any("will we'll i'll i'm could can", "acts"),
    ),
}  # fmt: skip
# Labels of the list that no signal says.
UNSAID = ("answer", "commitment", "refusal", "apology", "script", "tone", "state", "kind of trouble")
