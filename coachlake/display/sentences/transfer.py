"""`practice_transfers` in words."""

from collections.abc import Mapping
from typing import Any

_DOUBT = {"for_practice": "", "against_practice": ", against practice", "may_be_chance": ", which may be chance"}


def practice_transfer(row: Mapping[str, Any]) -> str:
    """Whether live scores moved with practice: `row` of published.practice_transfers."""
    practised, others = f"{row['n_practised']:.0f}", f"{row['n_not_practised']:.0f}"
    if row["reason_code"] == "too_few":
        return f"Cannot be told yet: {practised} reps practised and {others} did not with enough calls around it."
    return (
        f"{row['criterion_name']}: live scores of {practised} reps who practised moved by "
        f"{row['change_practised']:+.1f} points, those of {others} who did not by {row['change_not_practised']:+.1f}; "
        f"difference {row['difference']:+.1f} ({row['difference_low']:+.1f} to {row['difference_high']:+.1f})"
        f"{_DOUBT[row['reason_code']]}."
    )
