"""How the rep answers trouble and anger: with sympathy for this situation, with a formula, or with tension."""

from collections.abc import Sequence
from typing import cast

from coachlake.language.content import shared_content
from coachlake.practice.customer.understanding.rep_turn import RepTurn
from coachlake.practice.customer.understanding.scenario_vectors import ScenarioVectors
from coachlake.practice.scenarios.schema import Scenario
from coachlake.rubrics.schema import Level
from coachlake.signals.kit import SignalKit

# How close to a challenge's good answers (cosine), and how likely an acknowledgement by itself; the first sentences
# answer a cue.
_LIKE_ANSWER_FROM, _VERY_LIKE_FROM, _WARM_FROM, _SURELY_WARM_FROM, _LOOK_AT = 0.45, 0.6, 0.15, 0.6, 4
_FORMULA_FROM = 0.5
# A question has to be tense more plainly ("are you the decision maker?").
_TENSE_FROM, _TENSE_QUESTION_FROM = 0.6, 0.7


class SympathyFinder:
    """Finds sympathy in one scenario, which says how a good answer sounds here: the signals, fitted for any call,
    cannot know."""

    def __init__(self, scenario: Scenario, vectors: ScenarioVectors, kit: SignalKit) -> None:
        self._vectors, self._kit = vectors, kit
        self._situations = {one.id: " ".join([*one.says, *one.good_answers]) for one in scenario.challenges}

    def level(self, turn: RepTurn, *, is_good_answer: bool) -> Level | None:
        """`good` where it is a good answer to what is pending; else the signal's level, and where the signal saw no cue
        `good` for warmth that names the situation; None where there is no sympathy to speak of."""
        if is_good_answer:
            return "good"
        if label := turn.label("empathy"):
            return cast("Level", label)
        return "good" if self._is_warm(turn) else None

    def is_good_answer(self, turn: RepTurn) -> bool:
        """Whether a sentence is close to a good answer to what is pending, warm, and takes up the situation."""
        texts = turn.sentences[:_LOOK_AT]
        if turn.pending is None or turn.pending not in self._situations or not texts:
            return False
        situation = f"{turn.customer_words(4)} {self._situations[turn.pending]}"
        specific = self._kit.probability("acknowledgement", "specific", texts)
        closeness = self._vectors.nearest(texts, self._vectors.good_answers[turn.pending])
        return any(
            (near >= _VERY_LIKE_FROM or (near >= _LIKE_ANSWER_FROM and warm >= _WARM_FROM))
            and _takes_up(text, situation)
            for text, near, warm in zip(texts, closeness, specific, strict=True)
        )

    def is_formula(self, turn: RepTurn) -> bool:
        """Whether a sentence is a phrase of sympathy that fits any call."""
        return max(self._kit.probability("acknowledgement", "generic", turn.sentences), default=0.0) >= _FORMULA_FROM

    def is_tense(self, texts: Sequence[str]) -> bool:
        """Whether a sentence is defensive, clipped or blaming."""
        likely = self._kit.probability("tension", "tense", texts)
        return any(
            tension >= (_TENSE_QUESTION_FROM if text.endswith("?") else _TENSE_FROM)
            for text, tension in zip(texts, likely, strict=True)
        )

    def _is_warm(self, turn: RepTurn) -> bool:
        """Whether it names the customer's situation although nothing the signals take for a cue was said."""
        texts = turn.sentences[:_LOOK_AT]
        specific = self._kit.probability("acknowledgement", "specific", texts)
        return any(
            warm >= _SURELY_WARM_FROM and _takes_up(text, turn.customer_words(2))
            for text, warm in zip(texts, specific, strict=True)
        )


def _takes_up(text: str, situation: str) -> bool:
    return not text.endswith("?") and shared_content(text, situation) > 0
