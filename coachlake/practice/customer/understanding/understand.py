"""The rep's words as a set of dialogue acts, as the signals measure them."""

import re
from collections.abc import Sequence

from coachlake.conversations.dialogue import Dialogue
from coachlake.language.question_form import Form
from coachlake.language.times import names_a_time
from coachlake.practice.customer.acts import RepAct, RepActs, RepFunction, Sympathy
from coachlake.practice.customer.understanding.language import is_other_language
from coachlake.practice.customer.understanding.offers import OfferFinder
from coachlake.practice.customer.understanding.paraphrases import paraphrases
from coachlake.practice.customer.understanding.patterns import (
    ASKS_PERMISSION,
    CONCEDES,
    GOODBYE,
    HOLDS,
    INSULT,
    PROMPT_INJECTION,
)
from coachlake.practice.customer.understanding.questions import asking_sentences, question_of
from coachlake.practice.customer.understanding.rep_turn import RepTurn, rep_turn
from coachlake.practice.customer.understanding.scenario_vectors import ScenarioVectors
from coachlake.practice.customer.understanding.sympathy import SympathyFinder
from coachlake.practice.scenarios.schema import Scenario
from coachlake.signals.kit import SignalKit
from coachlake.signals.live import LiveSignals
from coachlake.signals.questions import form_of

# About a minute of speech without a pause: no customer follows that (150 words a minute).
MONOLOGUE_WORDS = 140
# Fewer words grant nobody a point ("you're right, but").
_CONCESSION_WORDS = 6
_OFFER_FROM = 0.5
_SAME_SENTENCE, _LONG_SENTENCE_WORDS = 0.97, 4  # cosine; words


class Understanding:
    """Understands the rep's turns of one session, in order. The scenario's vectors are computed once."""

    def __init__(self, scenario: Scenario, kit: SignalKit) -> None:
        self._kit, self._live = kit, LiveSignals(kit)
        self._vectors = ScenarioVectors(scenario, kit.encoder)
        self._offers = OfferFinder(scenario, self._vectors, kit)
        self._sympathy = SympathyFinder(scenario, self._vectors, kit)
        self._needs = {issue.id: issue.needs for issue in scenario.issues}

    def acts(self, dialogue: Dialogue, open_issues: Sequence[str], pending: str | None = None) -> RepActs:
        """The acts of the dialogue's last turn, which is the rep's.

        `open_issues`: what an offer can be about, first one first; `pending`: the challenge the turn answers, if any.
        """
        text = dialogue.turns[-1].text.strip()
        if not re.search(r"\w", text):
            return frozenset({"silence"})
        if is_other_language(text):
            return frozenset({"other_language"})
        if PROMPT_INJECTION.search(text):
            return frozenset({"prompt_injection"})
        return self._acts(rep_turn(dialogue, self._live, open_issues, pending))

    def _acts(self, turn: RepTurn) -> RepActs:
        asking = asking_sentences(turn.sentences, self._form_of)
        other_ways = self._offers.other_ways(turn)
        given_back = [text for text in paraphrases(turn) if text not in other_ways and not self._is_offer(text, turn)]
        said = [text for text in turn.sentences if text not in {*asking, *given_back}]
        talked_of = {need for name in turn.open_issues for need in self._needs[name]}
        is_good_answer = self._sympathy.is_good_answer(turn)
        level = self._sympathy.level(turn, is_good_answer=is_good_answer)
        is_formula, is_concession = self._sympathy.is_formula(turn), bool(CONCEDES.search(turn.turn.text))
        with_slots: tuple[RepAct | None, ...] = (
            question_of(turn.sentences, asking, self._form_of, self._vectors, talked_of),
            self._offers.offer(turn, said, other_ways),
            Sympathy(level) if level else None,
        )
        functions: dict[RepFunction, bool] = {
            "paraphrase": bool(given_back),
            "hedge": any(signal.kind == "hedge" for signal in turn.signals),
            "commit_date": any(names_a_time(text) for text in turn.sentences if text not in asking),
            "ask_permission": any(ASKS_PERMISSION.search(text) for text in asking),
            "self_repetition": self._is_repeated(turn),
            **_functions_of_turn(turn),
            "formula": is_formula and not is_good_answer and turn.label("empathy") != "good",
            "concession": is_concession and not is_formula and turn.turn.word_count >= _CONCESSION_WORDS,
            "tension": self._is_tense(turn, given_back, is_calm=level == "good" or is_concession),
        }
        return frozenset([*(act for act in with_slots if act), *(name for name, is_so in functions.items() if is_so)])

    def _is_offer(self, text: str, turn: RepTurn) -> bool:
        """Whether it is likelier an offer or a promise than not; a step in the customer's words gives nothing back."""
        return self._kit.probability("solution", "solution", [text], turn.customer_words(1))[0] >= _OFFER_FROM

    def _form_of(self, text: str) -> Form | None:
        return form_of(text, self._kit)

    def _is_tense(self, turn: RepTurn, given_back: Sequence[str], *, is_calm: bool) -> bool:
        """Tension in the rep's own words. Taking the blame is worded much like handing it out: who says "you're right"
        or asks for a moment is not being defensive."""
        if is_calm or HOLDS.search(turn.turn.text):
            return False
        return self._sympathy.is_tense([text for text in turn.sentences if text not in given_back])

    def _is_repeated(self, turn: RepTurn) -> bool:
        """Whether everything of some length was said before, word for word."""
        before = [one.text for one in turn.dialogue.rep_sentences if one.turn_index != turn.turn.turn_index]
        long_ones = [text for text in turn.sentences if len(text.split()) >= _LONG_SENTENCE_WORDS]
        if not before or not long_ones:
            return False
        return min(self._vectors.nearest(long_ones, self._vectors.encode(before))) >= _SAME_SENTENCE


def _functions_of_turn(turn: RepTurn) -> dict[RepFunction, bool]:
    text = turn.turn.text
    return {
        "hold": bool(HOLDS.search(text)),
        "insult": bool(INSULT.search(text)),
        "goodbye": bool(GOODBYE.search(text)),
        "monologue": turn.turn.word_count > MONOLOGUE_WORDS,
    }
