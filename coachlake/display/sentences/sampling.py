"""`sampling_prices` in words."""

from collections.abc import Mapping
from typing import Any

from coachlake.display.formatting import is_missing


def sampling_price(row: Mapping[str, Any]) -> str:
    """What a sample of calls would have missed: `row` of published.sampling_prices."""
    return f"A sample of {100 * row['sample_share']:.0f} % {_missed(row)}{_wrong(row)}."


def _missed(row: Mapping[str, Any]) -> str:
    if is_missing(row["missed_bad_week_share"]):
        return "meets no bad week in this period"
    return (
        f"misses {_of_100(row, 'missed_bad_week_share')} bad weeks ({_range(row, 'missed_bad_week_share')}; "
        f"{row['n_bad_weeks']:.0f} bad weeks)"
    )


def _wrong(row: Mapping[str, Any]) -> str:
    if is_missing(row["wrong_rep_share"]):
        return ""
    return (
        f" and names another rep, or none, as the one who needs help most in {_of_100(row, 'wrong_rep_share')} weeks"
        f" of a team ({_range(row, 'wrong_rep_share')}; {row['n_weeks']:.0f} weeks)"
    )


def _of_100(row: Mapping[str, Any], name: str) -> str:
    return f"{100 * row[name]:.0f} of 100"


def _range(row: Mapping[str, Any], name: str) -> str:
    return f"{100 * row[f'{name}_low']:.0f} to {100 * row[f'{name}_high']:.0f}"
