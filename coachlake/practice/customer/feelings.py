"""The customer's inner weather, and how far each thing the rep does moves it."""

from dataclasses import dataclass
from typing import Literal

Mood = Literal["calm", "tense", "hot"]


@dataclass(frozen=True, slots=True)
class Feelings:
    """Each 0–1. Patience at 0 or anger at 1 ends the call."""

    patience: float
    anger: float
    trust: float

    @property
    def mood(self) -> Mood:
        """How the customer sounds."""
        return "hot" if self.anger >= 0.65 else "tense" if self.anger >= 0.38 else "calm"

    @property
    def satisfaction(self) -> float:
        """0–1: trust and patience gained against anger left."""
        return max(0.0, min(1.0, (self.trust + self.patience + 1 - self.anger) / 3))

    @property
    def is_at_end(self) -> bool:
        """Whether the customer hangs up now."""
        return self.patience <= 0 or self.anger >= 1

    def moved(self, effect: "Effect") -> "Feelings":
        """The feelings after one effect, kept within 0–1."""
        return Feelings(
            _kept(self.patience + effect.patience), _kept(self.anger + effect.anger), _kept(self.trust + effect.trust)
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What one thing the rep did does to the customer. `why` is what the debrief says."""

    name: str
    patience: float
    anger: float
    trust: float
    why: str


# Sizes are design choices, not measurements: about four good moves bring a hostile customer down, about four bad ones
# in a row end a call. tests/practice plays them against scripted reps.
EFFECTS = {
    effect.name: effect
    for effect in (
        Effect("turn", -0.02, 0.0, 0.0, "time passes"),
        Effect("specific", 0.12, -0.22, 0.18, "you named what this customer is going through"),
        Effect("seen", 0.05, -0.1, 0.1, "you took up what they told you"),
        Effect("generic", 0.0, -0.03, 0.0, "a phrase of sympathy that fits any call"),
        Effect("generic_again", -0.06, 0.02, -0.04, "a phrase of sympathy once more, and nothing behind it"),
        Effect("level", 0.0, -0.03, 0.0, "you stayed polite and went on"),
        Effect("brushed_off", -0.12, 0.12, -0.08, "trouble was voiced and passed over"),
        Effect("calmed", 0.08, -0.2, 0.12, "you stayed level when they were angry"),
        Effect("granted", 0.02, -0.12, 0.05, "you granted them the point"),
        Effect("yielded", 0.03, -0.08, 0.08, "you let them decide whether to go on"),
        Effect("paraphrase", 0.05, -0.06, 0.12, "you gave back what they said"),
        Effect("open", 0.03, -0.02, 0.07, "an open question let them tell it"),
        Effect("asked_well", 0.02, 0.0, 0.05, "a question went to the point"),
        Effect("data", -0.05, 0.02, -0.01, "a question for data"),
        Effect("barrage", -0.1, 0.06, -0.05, "one closed question after another"),
        Effect("hedge", -0.06, 0.04, -0.12, "a hedge made the answer doubtful"),
        Effect("firm", 0.04, -0.06, 0.12, "a clear answer"),
        Effect("too_soon", -0.1, 0.08, -0.08, "a fix before the situation was known"),
        Effect("changed", 0.05, -0.06, 0.08, "after the no, you changed the approach"),
        Effect("same_again", -0.16, 0.15, -0.12, "after the no, the same again"),
        Effect("tense", -0.12, 0.2, -0.16, "a defensive or clipped answer"),
        Effect("insulted", -0.3, 0.45, -0.4, "an insult"),
        Effect("formula", -0.12, 0.05, -0.08, "the same sort of phrase once more, out of place"),
        Effect("said_that", -0.14, 0.06, -0.08, "the same sentence again, word for word"),
        Effect("off_topic", -0.12, 0.06, -0.06, "it had nothing to do with what they need"),
        Effect("silent", -0.22, 0.08, -0.1, "silence"),
        Effect("lost", -0.16, 0.06, -0.08, "too much at once"),
        Effect("foreign", -0.16, 0.05, -0.05, "they could not understand the language"),
        Effect("off_script", -0.18, 0.1, -0.12, "it had nothing to do with the call"),
        Effect("interrupted", -0.08, 0.1, -0.06, "you took the floor before they had finished"),
        Effect("told_already", -0.08, 0.05, -0.06, "you asked what they had already told you"),
        Effect("ignored_issue", -0.1, 0.08, -0.06, "what they want settled was left aside"),
        Effect("leaving", -0.2, 0.15, -0.2, "you wanted to end before it was settled"),
        Effect("idle", -0.06, 0.02, -0.02, "nothing came of the turn"),
    )
}


def _kept(value: float) -> float:
    return max(0.0, min(1.0, round(value, 4)))
