"""`signal_summaries` in words."""

from collections.abc import Mapping
from typing import Any

from coachlake.display.formatting import is_missing


def signal_summary(row: Mapping[str, Any]) -> str:
    """A signal over the last four weeks with its n and, where it has one, its target."""
    value, n, target = row["value"], f"{row['n']:.0f}", row["target"]
    under = "" if is_missing(target) else f", target under {100 * target:.0f} %"
    most = "" if is_missing(target) else f", at most {target:.0f}"
    said = {
        "empathy_share": f"Empathy shown in {100 * value:.0f} % of {n} applicable situations",
        "interrupted_share": f"{100 * value:.0f} % of {n} customer statements interrupted{under}",
        "open_question_share": f"Of {n} questions in discovery {100 * value:.0f} % were open",
        "customer_calmed_share": f"After {100 * value:.0f} % of {n} escalations the customer calmed down",
        "hedges_per_call": f"{value:.1f} hedges a call over {n} calls{most}",
        "regulation_slope": f"Tension rises by {value:+.2f} with each step of escalation over {n} calls (0: level)",
        "rep_talk_share": f"The rep speaks {100 * value:.0f} % of the time over {n} calls",
    }
    return said[row["signal"]]
