"""Two judges of one question heard together: their mean, where neither is better by itself on unread data."""

from collections.abc import Sequence
from dataclasses import dataclass

from coachlake.language.acts.head import ABSTAIN_BELOW
from coachlake.language.types import Judge, Utterance, Verdict


@dataclass(frozen=True, slots=True)
class MeanJudge:
    """A Judge. Both know the same labels."""

    first: Judge
    second: Judge

    @property
    def fingerprint(self) -> str:
        """Names both."""
        return f"{self.first.fingerprint}&{self.second.fingerprint}"

    def judge(self, utterances: Sequence[Utterance]) -> list[Verdict]:
        """One verdict an utterance, in order: each label's mean probability."""
        pairs = zip(self.first.judge(utterances), self.second.judge(utterances), strict=True)
        return [_mean(one, other) for one, other in pairs]


def _mean(one: Verdict, other: Verdict) -> Verdict:
    chances = {label: (p + other.probabilities[label]) / 2 for label, p in one.probabilities.items()}
    best = max(chances, key=chances.__getitem__)
    return Verdict(best if chances[best] >= ABSTAIN_BELOW else None, chances[best], chances)
