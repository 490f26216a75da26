"""Does practice move live scores? Difference in differences with the rep as the unit."""

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats


def practice_transfers(changes: pd.DataFrame) -> pd.DataFrame:
    """One row a rubric × criterion, in the columns of TRANSFERS.

    `changes`: a row a rubric_id × criterion_id × rep_id: is_practised, change (points; the rep's live mean after minus
    before, at own first practice, or at the practising reps' dates for a rep who did not practise). The difference of
    the groups' mean changes with Welch's 95 % interval and p; NULL where a group has fewer than two reps. Reps, not
    calls, are the unit: calls of one rep are alike, and counting each as new evidence would overstate it.
    """
    rows = [
        {"rubric_id": rubric, "criterion_id": criterion} | _compared(group)
        for (rubric, criterion), group in changes.groupby(["rubric_id", "criterion_id"], sort=True)
    ]
    return pd.DataFrame(rows)


def _compared(group: pd.DataFrame) -> dict[str, Any]:
    is_practised = group["is_practised"].astype(bool)
    practised, others = (group.loc[mask, "change"].to_numpy(float) for mask in (is_practised, ~is_practised))
    row = {
        "n_practised": len(practised),
        "n_not_practised": len(others),
        "change_practised": practised.mean() if len(practised) else np.nan,
        "change_not_practised": others.mean() if len(others) else np.nan,
    }
    row["difference"] = row["change_practised"] - row["change_not_practised"]
    if min(len(practised), len(others)) < 2 or np.ptp(practised) + np.ptp(others) < 1e-9:
        return row | {"difference_low": np.nan, "difference_high": np.nan, "p": np.nan}
    test = stats.ttest_ind(practised, others, equal_var=False)
    interval = test.confidence_interval(0.95)
    return row | {"difference_low": interval.low, "difference_high": interval.high, "p": test.pvalue}
