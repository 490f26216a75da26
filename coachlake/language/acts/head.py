"""A question of the signals as the act model answers it: some labels of one head, by another name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coachlake.language.acts.model import ActModel, Acts
from coachlake.language.types import Utterance, Verdict

# Below this probability of its best label a judge abstains: two labels at .5 each say nothing.
ABSTAIN_BELOW = 0.55


@dataclass(frozen=True, slots=True)
class ActHead:
    """A Judge. `labels`: the question's label → (label of `head`, how much of its chance counts)."""

    model: ActModel
    head: str
    labels: Mapping[str, tuple[tuple[str, float], ...]]

    @property
    def fingerprint(self) -> str:
        """Names the model and what is made of its head."""
        return f"{self.model.fingerprint}-{self.head}"

    def judge(self, utterances: Sequence[Utterance]) -> list[Verdict]:
        """One verdict an utterance, in order; label None where the likeliest is less likely than ABSTAIN_BELOW."""
        return [self._verdict(acts) for acts in self.model.judge(utterances)]

    def _verdict(self, acts: Acts) -> Verdict:
        chances = {
            label: sum(share * acts.chance(self.head, part) for part, share in parts)
            for label, parts in self.labels.items()
        }
        best = max(chances, key=chances.__getitem__)
        return Verdict(best if chances[best] >= ABSTAIN_BELOW else None, chances[best], chances)
