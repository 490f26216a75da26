"""Everything text signals share: one encoder and one head a question, fitted once a process."""

from dataclasses import dataclass

from ray_jobs.judging.encoder import MiniLmEncoder, load_encoder
from ray_jobs.judging.head import ExemplarHead, fit_head
from ray_jobs.judging.types import Moment
from ray_jobs.signals.examples import with_neighbours

QUESTIONS = (
    "empathy_cue",
    "acknowledgement",
    "hedge",
    "paraphrase",
    "solution",
    "escalation",
    "tension",
    "rejection",
)

# Fewer words than this mean nothing by themselves ("Should", "Jack here").
_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class SignalKit:
    """The encoder and the fitted heads, by the name of their example file."""

    encoder: MiniLmEncoder
    heads: dict[str, ExemplarHead]

    @property
    def fingerprint(self) -> str:
        """Names the encoder and every example the heads were fitted on."""
        return "-".join([self.encoder.fingerprint, *(head.fingerprint for head in self.heads.values())])

    def probability(self, question: str, label: str, texts: list[str]) -> list[float]:
        """How likely each text has `label` under the head named `question`, 0–1."""
        verdicts = self.heads[question].judge([Moment(text) for text in texts])
        return [
            verdict.probabilities[label] if len(text.split()) >= _LEAST_WORDS else 0.0
            for verdict, text in zip(verdicts, texts, strict=True)
        ]


def load_signal_kit(profile: str = "embedded") -> SignalKit:
    """Load the encoder of a model profile and fit the heads. Raises WeightsError where weights are missing or wrong."""
    encoder = load_encoder(profile)
    kit = SignalKit(encoder, {name: fit_head(with_neighbours(name), encoder) for name in QUESTIONS})
    encoder.forget_all()  # the examples' vectors are in the heads now
    return kit
