"""When is a behaviour called for? Each opportunity of a criterion in a conversation, with what the rep said to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coachlake.conversations.conversation import Turn
from coachlake.conversations.dialogue import Dialogue, Exchange
from coachlake.conversations.sentences import Sentence
from coachlake.rubrics.schema import Level
from coachlake.signals.signal import Signal

# A concern takes this many words to state; less is an answer to a question.
_CONCERN_WORDS = 8
# Later sentences of a long answer no longer respond to the cue.
_LOOK_AT = 6
_SENTENCE_WORDS = 3
# That something unwanted is missing says nothing where there was no room for it: so many of these there must be.
_LEAST_FOR_ABSENCE = {"rep_sentence": 5, "rep_question": 2, "rep_answer": 2}


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One moment: the rep's sentences to be judged, what they answer (None where nothing in particular), and the
    level where a signal has already settled it."""

    sentences: tuple[Sentence, ...]
    cue: Turn | None = None
    settled: Level | None = None


Finder = Callable[[Dialogue, Sequence[Signal]], list[Opportunity]]


def customer_trouble(dialogue: Dialogue, signals: Sequence[Signal]) -> list[Opportunity]:
    """The customer voices trouble, emotion or a personal circumstance (signal `empathy`)."""
    return answers_to(dialogue, _cues(signals, "empathy"))


def customer_concern(dialogue: Dialogue, signals: Sequence[Signal]) -> list[Opportunity]:
    """The customer explains what they need, of their own accord and before the first fix.

    The first turn of eight words or more, and later ones that are no answer to a question of the rep and no
    outburst or trouble: those are opportunities for other skills.
    """
    fix = min((s.turn_index for s in signals if s.kind == "solution" and s.turn_index is not None), default=None)
    elsewhere = _cues(signals, "empathy") | {s.turn_index for s in signals if s.kind == "escalation"}
    long_turns = [turn for turn in dialogue.by("customer") if turn.word_count >= _CONCERN_WORDS]
    concerns = {
        turn.turn_index
        for turn in long_turns[1:]
        if (fix is None or turn.turn_index < fix)
        and turn.turn_index not in elsewhere
        and not _answers_question(dialogue, turn)
    }
    return answers_to(dialogue, concerns | {turn.turn_index for turn in long_turns[:1]})


def customer_heated(dialogue: Dialogue, signals: Sequence[Signal]) -> list[Opportunity]:
    """The customer is heated (signal `escalation`)."""
    heated = {s.turn_index for s in signals if s.kind == "escalation" and s.turn_index is not None}
    return answers_to(dialogue, heated)


def failed_attempt(dialogue: Dialogue, signals: Sequence[Signal]) -> list[Opportunity]:
    """What the rep proposed failed or was turned down (signal `adaptability`); a repeated proposal is poor already."""
    repeated = _cues([s for s in signals if s.label == "repeated"], "adaptability")
    return [
        *answers_to(dialogue, _cues(signals, "adaptability") - repeated),
        *answers_to(dialogue, repeated, settled="poor"),
    ]


def rep_question(dialogue: Dialogue, signals: Sequence[Signal]) -> list[Opportunity]:
    """Each question the rep asks in discovery (signal `question`)."""
    asked = [signal for signal in signals if signal.kind == "question" and signal.phase != "closing"]
    discovery = [signal for signal in asked if signal.phase == "discovery"]
    return [Opportunity((_sentence(signal),), _turn_before(dialogue, signal)) for signal in discovery or asked]


def rep_answer(dialogue: Dialogue, signals: Sequence[Signal]) -> list[Opportunity]:
    """Each rep sentence that gives an answer or outcome (signal `solution`) or hedges one (signal `hedge`)."""
    found = {
        (signal.turn_index, signal.quote): Opportunity((_sentence(signal),), _turn_before(dialogue, signal))
        for signal in signals
        if signal.kind in ("solution", "hedge")
    }
    return list(found.values())


def whole_call(dialogue: Dialogue, signals: Sequence[Signal]) -> list[Opportunity]:
    """The call itself: everything the rep says, each thing once, where the customer has stated a concern."""
    said = tuple(sentence for exchange in dialogue.exchanges for sentence in exchange.fresh_sentences)
    has_concern = any(turn.word_count >= _CONCERN_WORDS for turn in dialogue.by("customer"))
    return [Opportunity(said)] if said and has_concern else []


def rep_sentence(dialogue: Dialogue, signals: Sequence[Signal]) -> list[Opportunity]:
    """Each sentence of the rep (thought units, as MISC 2.5 parses counsellor speech), with what they answer.

    Sentences of two words and less carry nothing to be judged by.
    """
    return [
        Opportunity((sentence,), exchange.cue[-1] if exchange.cue else None)
        for exchange in dialogue.exchanges
        for sentence in exchange.response_sentences
        if len(sentence.text.split()) >= _SENTENCE_WORDS
    ]


FINDERS: dict[str, Finder] = {
    "customer_trouble": customer_trouble,
    "customer_concern": customer_concern,
    "customer_heated": customer_heated,
    "failed_attempt": failed_attempt,
    "rep_question": rep_question,
    "rep_answer": rep_answer,
    "rep_sentence": rep_sentence,
    "whole_call": whole_call,
}


def is_room_for(opportunity: str, count: int) -> bool:
    """Whether so many opportunities of a kind are enough to score what share of them is unwanted."""
    return count >= _LEAST_FOR_ABSENCE.get(opportunity, 1)


def answers_to(dialogue: Dialogue, cues: set[int], settled: Level | None = None) -> list[Opportunity]:
    """The rep's answer to each exchange that holds one of the customer turns `cues`. Unanswered ones are left out."""
    found = []
    for exchange in dialogue.exchanges:
        cue = next((turn for turn in reversed(exchange.cue) if turn.turn_index in cues), None)
        said = _first_sentences(exchange)
        if cue and said:  # a turn may hold no word
            found.append(Opportunity(said, cue, settled))
    return found


def _answers_question(dialogue: Dialogue, turn: Turn) -> bool:
    said = dialogue.last_before(turn.turn_index, "rep")
    return said is not None and said.text.rstrip().endswith("?")


def _first_sentences(exchange: Exchange) -> tuple[Sentence, ...]:
    said = exchange.fresh_sentences or exchange.response_sentences
    # A fragment cut off by the other speaker ("Should") means nothing by itself.
    whole = [sentence for sentence in said if len(sentence.text.split()) > 1]
    return (tuple(whole) or said)[:_LOOK_AT]


def _cues(signals: Sequence[Signal], kind: str) -> set[int]:
    return {s.cue_turn_index for s in signals if s.kind == kind and s.cue_turn_index is not None}


def _sentence(signal: Signal) -> Sentence:
    return Sentence(signal.turn_index or 0, signal.quote or "", signal.start_s or 0.0, signal.end_s or 0.0)


def _turn_before(dialogue: Dialogue, signal: Signal) -> Turn | None:
    return dialogue.last_before(signal.turn_index or 0, "customer")
