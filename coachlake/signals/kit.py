"""Everything text signals share: one encoder and one head a question, fitted once a process."""

from collections.abc import Sequence
from dataclasses import dataclass

from coachlake.conversations.sentences import Sentence
from coachlake.language.emotion import EMOTION
from coachlake.language.encoder import MiniLmEncoder, load_encoder
from coachlake.language.escalation import ESCALATION
from coachlake.language.head import Features, fit_head
from coachlake.language.judge.choose import strengthen_with
from coachlake.language.kept_vectors import kept_vectors
from coachlake.language.paraphrase import ParaphraseFeatures
from coachlake.language.rejection import REJECTION
from coachlake.language.types import Judge, Utterance
from coachlake.models.profiles import load_profile
from coachlake.signals.examples.load import with_neighbours
from coachlake.signals.prompts import question_for

QUESTIONS = (
    "empathy_cue",
    "acknowledgement",
    "hedge",
    "paraphrase",
    "solution",
    "escalation",
    "tension",
    "rejection",
    "warmth",
)

# Fewer words than this mean nothing by themselves ("Should", "Jack here").
_LEAST_WORDS = 3
# Sympathy can be as short as "I understand" or "Oh dear".
_LEAST_WORDS_OF = {"acknowledgement": 2}


@dataclass(frozen=True, slots=True)
class SignalKit:
    """The encoder and the fitted heads, by the name of their example file."""

    encoder: MiniLmEncoder
    heads: dict[str, Judge]

    @property
    def fingerprint(self) -> str:
        """Names the encoder and every example the heads were fitted on."""
        return "-".join([self.encoder.fingerprint, *(head.fingerprint for head in self.heads.values())])

    def probability(self, question: str, label: str, texts: Sequence[str], cue: str | None = None) -> list[float]:
        """How likely each text, said in answer to `cue`, has `label` under the head named `question`, 0–1."""
        return self.likely(question, label, [Utterance(text, cue) for text in texts])

    def likely(self, question: str, label: str, moments: Sequence[Utterance]) -> list[float]:
        """As `probability`, of moments that each have their own cue."""
        verdicts = self.heads[question].judge(moments)
        least = _LEAST_WORDS_OF.get(question, _LEAST_WORDS)
        return [
            verdict.probabilities[label] if len(moment.response.split()) >= least else 0.0
            for verdict, moment in zip(verdicts, moments, strict=True)
        ]

    def likeliest(self, question: str, label: str, sentences: Sequence[Sentence]) -> tuple[Sentence | None, float]:
        """The sentence likeliest to have `label` and how likely it is; (None, 0) where there are none."""
        likely = self.probability(question, label, [sentence.text for sentence in sentences])
        best = max(range(len(likely)), key=likely.__getitem__, default=None)
        return (sentences[best], likely[best]) if best is not None else (None, 0.0)


def load_signal_kit(profile: str = "embedded") -> SignalKit:
    """Load the encoder of a model profile and fit the heads, a stronger judge in front where the profile names one.

    Raises WeightsError where weights are missing or wrong, ValueError where a judge's variables are not set.
    """
    encoder = load_encoder(profile)
    built: dict[str, Features] = {
        "paraphrase": ParaphraseFeatures(encoder),
        "warmth": EMOTION,
        "escalation": ESCALATION,
        "rejection": REJECTION,
    }
    strengthen = strengthen_with(load_profile(profile).judge)
    with kept_vectors(encoder):
        heads = {
            name: strengthen(question_for(name), fit_head(with_neighbours(name), encoder, features=built.get(name)))
            for name in QUESTIONS
        }
    return SignalKit(encoder, heads)
