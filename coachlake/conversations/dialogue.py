"""The view of a call that signals, scorers and practice share: its turns and what they make, each worked out once."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property

from coachlake.conversations.backchannels import is_backchannel
from coachlake.conversations.conversation import Conversation, Speaker, Turn
from coachlake.conversations.sentences import Sentence, sentences_of
from coachlake.conversations.statements import Statement, customer_statements

_WORDS = re.compile(r"\w+")
_FORMULA_FROM, _FORMULA_WORDS = 3, 3  # times, words ("okay", "thank you" are none)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Customer turns in a row, then rep turns in a row, each also sentence by sentence; backchannels are in neither.

    What the rep says before the customer first speaks has an empty cue; the response is empty where the call ends
    before there is one. `before` is what the rep had said last: what the customer answers. `fresh_sentences` are the
    response's sentences that the rep has not said before in the call, formulas aside: a phrase said again shows
    nothing new, and one said over and over nothing at all.
    """

    cue: tuple[Turn, ...] = ()
    response: tuple[Turn, ...] = ()
    cue_sentences: tuple[Sentence, ...] = ()
    response_sentences: tuple[Sentence, ...] = ()
    before: str = ""
    fresh_sentences: tuple[Sentence, ...] = ()

    @property
    def cue_text(self) -> str:
        """What the customer said."""
        return " ".join(turn.text for turn in self.cue)

    @property
    def response_text(self) -> str:
        """What the rep answered."""
        return " ".join(turn.text for turn in self.response)

    def then(self, turn: Turn, sentences: tuple[Sentence, ...], said: set[str]) -> "Exchange":
        """The exchange with one more turn of either side. `said`: what the rep has said so far (`_plain`), to which
        the turn's sentences are added."""
        if turn.speaker == "customer":
            return replace(self, cue=(*self.cue, turn), cue_sentences=(*self.cue_sentences, *sentences))
        fresh = []
        for sentence in sentences:
            if (words := _plain(sentence.text)) not in said:
                fresh.append(sentence)
                said.add(words)
        return replace(
            self,
            response=(*self.response, turn),
            response_sentences=(*self.response_sentences, *sentences),
            fresh_sentences=(*self.fresh_sentences, *fresh),
        )


@dataclass(frozen=True)
class Dialogue(Conversation):
    """A conversation whose backchannels are marked, with what its turns make. Made by `dialogue_of`.

    Text and time only: what a model says of it (phases among it) is a signal. `turn_index` is the turn's position.
    """

    @cached_property
    def sentences(self) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences of each turn, by its `turn_index`."""
        return tuple(tuple(sentences_of(turn)) for turn in self.turns)

    @cached_property
    def rep_sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the rep in order, those of backchannels too."""
        return tuple(sentence for turn in self.by("rep") for sentence in self.sentences[turn.turn_index])

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The customer's statements in order of time."""
        return tuple(customer_statements(self))

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges in order."""
        said = ((turn, self.sentences[turn.turn_index]) for turn in self.turns)
        return _exchanges((), said, _formulas(self.rep_sentences))

    def last_before(self, turn_index: int, speaker: Speaker) -> Turn | None:
        """The last turn of a speaker before a turn, backchannels aside; None where there is none."""
        before = reversed(self.turns[:turn_index])
        return next((turn for turn in before if turn.speaker == speaker and not turn.is_backchannel), None)

    def then(self, turn: Turn) -> "Dialogue":
        """The dialogue with one more turn, which starts no earlier than the last.

        What was worked out before is kept: going on costs the new turn alone.
        """
        turn = replace(turn, turn_index=len(self.turns))
        turn = replace(turn, is_backchannel=is_backchannel(turn, self.turns))
        said = tuple(sentences_of(turn))
        longer = replace(self, turns=(*self.turns, turn), duration_s=max(self.duration_s, turn.end_s))
        longer.__dict__["sentences"] = (*self.sentences, said)
        longer.__dict__["exchanges"] = _exchanges(self.exchanges, [(turn, said)])
        return longer


def dialogue_of(conversation: Conversation) -> Dialogue:
    """The view of a conversation, its backchannels marked. A dialogue is its own view."""
    if isinstance(conversation, Dialogue):
        return conversation
    turns = conversation.turns
    marked = tuple(replace(turn, is_backchannel=is_backchannel(turn, turns[:at])) for at, turn in enumerate(turns))
    known = {field.name: getattr(conversation, field.name) for field in fields(conversation)}
    return Dialogue(**known | {"turns": marked})


def _exchanges(
    known: tuple[Exchange, ...],
    said: Iterable[tuple[Turn, tuple[Sentence, ...]]],
    formulas: frozenset[str] = frozenset(),
) -> tuple[Exchange, ...]:
    """The exchanges after `said` was said in addition to what is known. A customer who speaks after an answer begins
    another exchange."""
    found = list(known)
    rep_said = {_plain(sentence.text) for exchange in known for sentence in exchange.response_sentences}
    rep_said |= formulas
    for turn, sentences in said:
        if turn.is_backchannel:
            continue
        if not found or (turn.speaker == "customer" and found[-1].response):
            found.append(Exchange(before=found[-1].response_text if found else ""))
        found[-1] = found[-1].then(turn, sentences, rep_said)
    return tuple(found)


def _formulas(said: Iterable[Sentence]) -> frozenset[str]:
    """What the rep says word for word so often that it answers nothing in particular."""
    counts = Counter(_plain(sentence.text) for sentence in said)
    return frozenset(
        words for words, n in counts.items() if n >= _FORMULA_FROM and len(words.split()) >= _FORMULA_WORDS
    )


def _plain(text: str) -> str:
    """The words alone, so that marks and capitals make no sentence another."""
    return " ".join(_WORDS.findall(text.lower()))
