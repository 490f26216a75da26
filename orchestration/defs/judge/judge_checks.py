"""What a judge has to show before it judges."""

import dagster as dg

from orchestration.resources.lakehouse import Lakehouse


@dg.asset_check(asset="act_judge", blocking=True, pool="judge")
def judge_is_no_worse(lakehouse: dg.ResourceParam[Lakehouse]) -> dg.AssetCheckResult:
    """On the bank's held-out items no head falls by more than its standard error against the judge in force, and every
    head's calibration error is at most .05."""
    from training.acts.compare import faults
    from training.acts.retrain import compare_candidate

    found = compare_candidate(lakehouse.settings().home)
    wrong = faults(found)
    return dg.AssetCheckResult(
        passed=not wrong,
        description="; ".join(wrong) or f"as good as the judge in force in each of {len(found)} heads",
        metadata={head.head: f"{head.before:.3f} → {head.after:.3f} (n {head.n})" for head in found},
    )
