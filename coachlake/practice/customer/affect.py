"""The customer's affect, and how each thing the rep does is appraised: how far it moves patience, anger and trust."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["calm", "tense", "angry"]


@dataclass(frozen=True, slots=True)
class Affect:
    """Each 0–1. Patience at 0 or anger at 1 ends the call."""

    patience: float
    anger: float
    trust: float

    @property
    def tone(self) -> Tone:
        """How the customer sounds."""
        return "angry" if self.anger >= 0.65 else "tense" if self.anger >= 0.38 else "calm"

    @property
    def satisfaction(self) -> float:
        """0–1: trust and patience gained against anger left."""
        return max(0.0, min(1.0, (self.trust + self.patience + 1 - self.anger) / 3))

    @property
    def is_at_end(self) -> bool:
        """Whether the customer hangs up now."""
        return self.patience <= 0 or self.anger >= 1

    def after(self, appraisal: "Appraisal") -> "Affect":
        """The affect after one appraisal, kept within 0–1."""
        return Affect(
            _kept(self.patience + appraisal.patience),
            _kept(self.anger + appraisal.anger),
            _kept(self.trust + appraisal.trust),
        )


@dataclass(frozen=True, slots=True)
class Appraisal:
    """How far one thing the rep did moves each dimension: an event moves affect by how it is appraised (Scherer 2001).

    `why` is what the debrief says.
    """

    name: str
    patience: float
    anger: float
    trust: float
    why: str


# Sizes are design choices, not measurements: about four good moves bring a hostile customer down, about four bad ones
# in a row end a call. tests/practice plays them against scripted reps.
APPRAISALS = {
    appraisal.name: appraisal
    for appraisal in (
        Appraisal("turn", -0.02, 0.0, 0.0, "time passes"),
        Appraisal("specific_sympathy", 0.12, -0.22, 0.18, "you named what this customer is going through"),
        Appraisal("noticed", 0.05, -0.1, 0.1, "you took up what they told you"),
        Appraisal("formula", 0.0, -0.03, 0.0, "a phrase of sympathy that fits any call"),
        Appraisal("formula_again", -0.06, 0.02, -0.04, "a phrase of sympathy once more, and nothing behind it"),
        Appraisal("stayed_level", 0.0, -0.03, 0.0, "you stayed polite and went on"),
        Appraisal("passed_over", -0.12, 0.12, -0.08, "trouble was voiced and passed over"),
        Appraisal("calmed", 0.08, -0.2, 0.12, "you stayed level when they were angry"),
        Appraisal("concession", 0.02, -0.12, 0.05, "you granted them the point"),
        Appraisal("permission_asked", 0.03, -0.08, 0.08, "you let them decide whether to go on"),
        Appraisal("paraphrase", 0.05, -0.06, 0.12, "you gave back what they said"),
        Appraisal("open_question", 0.03, -0.02, 0.07, "an open question let them tell it"),
        Appraisal("relevant_question", 0.02, 0.0, 0.05, "a question went to the point"),
        Appraisal("data_question", -0.05, 0.02, -0.01, "a question for data"),
        Appraisal("question_barrage", -0.1, 0.06, -0.05, "one closed question after another"),
        Appraisal("hedge", -0.06, 0.04, -0.12, "a hedge made the answer doubtful"),
        Appraisal("firm_offer", 0.04, -0.06, 0.12, "a clear answer"),
        Appraisal("too_soon", -0.1, 0.08, -0.08, "a fix before the situation was known"),
        Appraisal("changed_offer", 0.05, -0.06, 0.08, "after the no, you changed the approach"),
        Appraisal("same_offer", -0.16, 0.15, -0.12, "after the no, the same again"),
        Appraisal("tension", -0.12, 0.2, -0.16, "a defensive or clipped answer"),
        Appraisal("insult", -0.3, 0.45, -0.4, "an insult"),
        Appraisal("formula_out_of_place", -0.12, 0.05, -0.08, "the same sort of phrase once more, out of place"),
        Appraisal("self_repetition", -0.14, 0.06, -0.08, "the same sentence again, word for word"),
        Appraisal("irrelevant_offer", -0.12, 0.06, -0.06, "it had nothing to do with what they need"),
        Appraisal("silence", -0.22, 0.08, -0.1, "silence"),
        Appraisal("monologue", -0.16, 0.06, -0.08, "too much at once"),
        Appraisal("other_language", -0.16, 0.05, -0.05, "they could not understand the language"),
        Appraisal("prompt_injection", -0.18, 0.1, -0.12, "it had nothing to do with the call"),
        Appraisal("interrupted", -0.08, 0.1, -0.06, "you took the floor before they had finished"),
        Appraisal("told_already", -0.08, 0.05, -0.06, "you asked what they had already told you"),
        Appraisal("ignored_issue", -0.1, 0.08, -0.06, "what they want settled was left aside"),
        Appraisal("early_goodbye", -0.2, 0.15, -0.2, "you wanted to end before it was settled"),
        Appraisal("idle", -0.06, 0.02, -0.02, "nothing came of the turn"),
    )
}


def _kept(value: float) -> float:
    return max(0.0, min(1.0, round(value, 4)))
