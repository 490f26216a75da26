"""The head fitted on verdicts, and what it does on dialogues that it has not seen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from coachlake.rubrics.load import load_rubric
from coachlake.scoring.defended import Defended
from coachlake.settings import REPOSITORY
from coachlake.signals.kit import SignalKit
from training.defended.read import Verdict

Columns = NDArray[np.float64]
_FOLDS = 8
# Inverse of the penalty; on dialogues unseen .1 to 1 are alike.
_STRENGTH = 0.3


def columns_of(verdicts: Sequence[Verdict], kit: SignalKit) -> Columns:
    """The moments as rows (`coachlake.scoring.defended.Defended.columns`), by the anchors of the shipped rubrics."""
    rubrics = {name: load_rubric(REPOSITORY / "rubrics" / f"{name}.yaml") for name in {one.rubric for one in verdicts}}
    judges = {
        (name, criterion.id): Defended(criterion, kit)
        for name, rubric in rubrics.items()
        for criterion in rubric.criteria
        if criterion.is_judged
    }
    return np.array(
        [judges[one.rubric, one.criterion].columns(one.level, one.quote, one.cue, one.confidence) for one in verdicts]
    )


def fitted(rows: Columns, defended: NDArray[np.bool_]) -> LogisticRegression:
    """The head."""
    return LogisticRegression(C=_STRENGTH, max_iter=5000).fit(rows, defended)


def chances_unseen(rows: Columns, defended: NDArray[np.bool_], dialogues: Sequence[str]) -> Columns:
    """The chance of each moment, by a head that has seen other dialogues only."""
    chances = np.zeros(len(rows))
    for known, unseen in GroupKFold(_FOLDS).split(rows, defended, list(dialogues)):
        chances[unseen] = fitted(rows[known], defended[known]).predict_proba(rows[unseen])[:, 1]
    return chances


def figures(chances: Columns, defended: NDArray[np.bool_], least: float) -> dict[str, float]:
    """What showing moments from `least` on comes to: share of all that is shown, share of those that is defended, and
    of the defended ones that is shown (each 0–1); the area under the ROC curve."""
    shown = chances >= least
    return {
        "n": float(len(chances)),
        "auc": float(roc_auc_score(defended, chances)),
        "defended before": float(defended.mean()),
        "shown": float(shown.mean()),
        "defended of shown": float(defended[shown].mean()),
        "shown of defended": float(shown[defended].mean()),
    }
