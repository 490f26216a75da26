"""Judges that look at how a sentence is built beside what it means, fitted on the written examples.

They stand where they do better than the act model alone on labelled sets that their author did not read: warmth by
themselves, paraphrase together with it (docs/signals.md has the ablation). What they replaced elsewhere is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coachlake.language.emotion import EMOTION
from coachlake.language.head import fit_head
from coachlake.language.paraphrase import ParaphraseFeatures
from coachlake.language.question_form import is_turned_round
from coachlake.language.types import Encoder, Judge, Utterance, Verdict
from coachlake.signals.examples.load import with_neighbours


def by_form(encoder: Encoder) -> dict[str, Judge]:
    """Question → its judge: `paraphrase` and `warmth`."""
    return {
        "paraphrase": _NoQuestion(
            fit_head(with_neighbours("paraphrase"), encoder, features=ParaphraseFeatures(encoder))
        ),
        "warmth": fit_head(with_neighbours("warmth"), encoder, features=EMOTION),
    }


@dataclass(frozen=True, slots=True)
class _NoQuestion:
    """A Judge of paraphrases: what asks by its form is a question, whatever it takes up (MITI 4.2)."""

    head: Judge

    @property
    def fingerprint(self) -> str:
        return self.head.fingerprint

    def judge(self, utterances: Sequence[Utterance]) -> list[Verdict]:
        pairs = zip(utterances, self.head.judge(utterances), strict=True)
        return [_NONE if is_turned_round(utterance.response) else verdict for utterance, verdict in pairs]


_NONE = Verdict("other", 1.0, {"other": 1.0, "paraphrase": 0.0})
