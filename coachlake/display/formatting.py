"""Numbers, times and names as people read them: never a rate without its n, never a missing value as a zero."""

import re
from datetime import date, datetime
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

MISSING = "–"
TOO_FEW = "too few to say"
LEVEL_NAMES = {"good": "Good", "average": "Average", "poor": "Poor"}


def is_missing(value: Any) -> bool:
    """Whether a single value is NULL, NaN or NaT."""
    return value is None or bool(pd.isna(value))


def number(value: Any, digits: int = 0, unit: str = "") -> str:
    """`57`, `−2.8`, `26 min`; a dash where there is none."""
    return MISSING if is_missing(value) else f"{value:,.{digits}f}{unit}".replace("-", "−")


def signed(value: Any, digits: int = 0) -> str:
    """With its sign, and a real minus; what rounds to zero has none."""
    if is_missing(value):
        return MISSING
    is_zero = round(abs(value), digits) == 0
    return f"{abs(value):.{digits}f}" if is_zero else f"{value:+.{digits}f}".replace("-", "−")


def share(value: Any, digits: int = 0) -> str:
    """A share 0–1 as a percentage."""
    return MISSING if is_missing(value) else f"{100 * value:.{digits}f} %"


def interval(low: Any, high: Any, digits: int = 0, factor: float = 1.0, unit: str = "") -> str:
    """`51 to 63`; empty where there is no interval (too few observations)."""
    if is_missing(low) or is_missing(high):
        return ""
    return f"{factor * low:.{digits}f} to {factor * high:.{digits}f}{unit}".replace("-", "−")


def within(low: Any, high: Any, digits: int = 0, factor: float = 1.0, unit: str = "") -> str:
    """The interval, or that there are too few observations for one."""
    return interval(low, high, digits, factor, unit) or TOO_FEW


def spread(low: Any, high: Any, n: Any, digits: int = 0, factor: float = 1.0, unit: str = "") -> str:
    """`51 to 63, n = 24`: the 95 % interval with its n, or that there are too few observations for one."""
    return f"{within(low, high, digits, factor, unit)}, n = {int(n):,}"


def clock(seconds: Any) -> str:
    """Seconds from the start of the call as `1:07`."""
    if is_missing(seconds):
        return MISSING
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def day(value: Any) -> str:
    """`23 Nov 2026`."""
    if is_missing(value):
        return MISSING
    moment = pd.Timestamp(value) if not isinstance(value, date | datetime) else value
    return f"{moment.day} {moment.strftime('%b %Y')}"


def plural(count: Any, one: str, many: str | None = None) -> str:
    """`1 call`, `2 calls`."""
    amount = 0 if is_missing(count) else int(count)
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def named(identifier: Any) -> str:
    """`active_listening` → `Active listening`."""
    return MISSING if is_missing(identifier) else str(identifier).replace("_", " ").capitalize()


def rows(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame as named tuples."""
    return list(frame.itertuples(index=False))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries, as `coachlake.display.sentences` takes them."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def html(value: Any) -> Markup:
    """Text from the lake, safe inside HTML."""
    return escape(MISSING if is_missing(value) else str(value))


def plain(value: Any) -> str:
    """Text from the lake, safe where Markdown is rendered (labels, headings, messages): it shows as it is.

    Every sign that could begin a link, an image, a formula, a colour or an icon stands behind a backslash.
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(str(value).split()))
