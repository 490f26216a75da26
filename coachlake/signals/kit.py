"""Everything text signals share: the sentence encoder, the act model, and one judge a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coachlake.conversations.dialogue import Exchange
from coachlake.conversations.sentences import Sentence
from coachlake.language.acts.in_force import judge_in_force
from coachlake.language.acts.model import ActModel, Acts
from coachlake.language.encoder import MiniLmEncoder, load_encoder
from coachlake.language.judge.choose import strengthen_with
from coachlake.language.kept_vectors import kept_vectors
from coachlake.language.mean_judge import MeanJudge
from coachlake.language.types import Judge, Utterance
from coachlake.models.profiles import load_profile
from coachlake.signals.acts import act_heads
from coachlake.signals.by_form import by_form
from coachlake.signals.prompts import question_for

# Fewer words than this mean nothing by themselves ("Should", "Jack here").
_LEAST_WORDS = 3
# Sympathy, a question, a no can be as short as "Oh dear", "Which town?", "Forget it".
_LEAST_WORDS_OF = {"acknowledgement": 2, "question": 2, "rejection": 1, "escalation": 2}


@dataclass(frozen=True, slots=True)
class SignalKit:
    """The encoder, the act model and its judges, by the name of their question (`coachlake.signals.acts`)."""

    encoder: MiniLmEncoder
    acts: ActModel
    heads: dict[str, Judge]

    @property
    def fingerprint(self) -> str:
        """Names the encoder, the act model and every judge."""
        return "-".join([self.encoder.fingerprint, *(head.fingerprint for head in self.heads.values())])

    def probability(self, question: str, label: str, texts: Sequence[str], cue: str | None = None) -> list[float]:
        """How likely each text, said in answer to `cue`, has `label` under the question, 0–1."""
        return self.likely(question, label, [Utterance(text, cue) for text in texts])

    def likely(self, question: str, label: str, moments: Sequence[Utterance]) -> list[float]:
        """As `probability`, of moments that each have their own cue."""
        verdicts = self.heads[question].judge(moments)
        least = _LEAST_WORDS_OF.get(question, _LEAST_WORDS)
        return [
            verdict.probabilities[label] if len(moment.response.split()) >= least else 0.0
            for verdict, moment in zip(verdicts, moments, strict=True)
        ]

    def likeliest(
        self, question: str, label: str, sentences: Sequence[Sentence], cue: str | None = None
    ) -> tuple[Sentence | None, float]:
        """The sentence likeliest to have `label` and how likely it is; (None, 0) where there are none."""
        likely = self.probability(question, label, [sentence.text for sentence in sentences], cue)
        best = max(range(len(likely)), key=likely.__getitem__, default=None)
        return (sentences[best], likely[best]) if best is not None else (None, 0.0)

    def answers(self, exchange: Exchange, said: Sequence[Sentence]) -> list[Acts]:
        """The acts of each of the rep's sentences `said` against the exchange's cue."""
        return self.acts.judge([Utterance(sentence.text, exchange.cue_text) for sentence in said])

    def forget_all(self) -> None:
        """Memory stays that of one call."""
        self.encoder.forget_all()
        self.acts.forget_all()


def load_signal_kit(profile: str = "embedded", home: Path | None = None) -> SignalKit:
    """Load the models of a profile, a stronger judge in front of each question where the profile names one.

    `home`: the deployment whose act model in force judges; without one the shipped model does (or COACHLAKE_JUDGE).

    Raises WeightsError where weights are missing or wrong, ValueError where a judge's variables are not set.
    """
    acts = ActModel(judge_in_force(home))
    strengthen = strengthen_with(load_profile(profile).judge)
    encoder = load_encoder(profile)
    with kept_vectors(encoder):
        heads: dict[str, Judge] = {**act_heads(acts), **by_form(encoder)}
    heads["paraphrase"] = MeanJudge(act_heads(acts)["paraphrase"], heads["paraphrase"])
    return SignalKit(encoder, acts, {name: strengthen(question_for(name), head) for name, head in heads.items()})
