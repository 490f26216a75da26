"""Single values of delivered rows: the one plain reading, or in words why there is none."""

import math
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from coachlake.landing.call_times import CallTimeError, DayOrder, call_time, moment_of

# Names and ids are shorter; a longer one is a broken row. File systems take 255 bytes a name.
MAX_CHARACTERS = 500
_SHOWN = 60
_TRUE = {"true", "1", "1.0", "yes", "y", "t"}
_FALSE = {"false", "0", "0.0", "no", "n", "f"}
# Nobody at work today was hired before.
_EARLIEST_DAY = date(1950, 1, 1)
Read = TypeVar("Read")


class UnusableValueError(ValueError):
    """A value cannot be used; the message names its column and what was seen. `seen` is the name, id
    or text that it would have been."""

    def __init__(self, message: str, seen: str | None = None) -> None:
        super().__init__(message)
        self.seen = seen


def or_left_out(read: Callable[[], Read], left_out: list[str]) -> Read | None:
    """What `read` reads; where that cannot be used, None, with the reason added to `left_out`."""
    try:
        return read()
    except UnusableValueError as error:
        left_out.append(str(error))
        return None


def shown(value: object) -> str:
    """A value as a message names it: cut where it is long."""
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text)} characters)"


def as_text(value: Any, name: str) -> str | None:
    """One value as text, None where it is blank. Spreadsheets and Parquet make numbers of ids: 12.0 is 12.

    Raises UnusableValueError for a list or an object.
    """
    if not isinstance(value, str | bool | int | float | datetime | date | None):
        raise UnusableValueError(f"{name} holds {shown(value)}, not one value")
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def name_or_id(value: Any, name: str) -> str | None:
    """A name or id: one line of at most MAX_CHARACTERS. Raises UnusableValueError where it is none."""
    return _within(as_text(value, name), name, MAX_CHARACTERS, "")


def free_text(value: Any, name: str, most: int) -> str | None:
    """Text of several lines, at most `most` characters. Raises UnusableValueError where it is none."""
    return _within(as_text(value, name), name, most, "\n\r\t")


def number(value: Any, name: str, low: float, high: float) -> float | None:
    """A finite number within `low` and `high`. Raises UnusableValueError where it is none."""
    text = None if value is None else as_text(value, name)
    if text is None:
        return None
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise UnusableValueError(f"{name} {shown(text)!r} is no number")
    if not low <= found <= high:
        raise UnusableValueError(f"{name} {shown(text)} is not between {low:g} and {high:g}")
    return found


def csat(value: Any, name: str = "csat") -> float | None:
    """A customer's rating, 1 to 5, also as "4/5" or "4 of 5". Raises UnusableValueError where it is none."""
    if isinstance(value, str):
        value = value.strip().removesuffix("/5").removesuffix(" of 5")
    return number(value, name, 1, 5)


def boolean(value: Any, name: str) -> bool | None:
    """True or false, as people and systems write them. Raises UnusableValueError where it is neither."""
    if value is None or isinstance(value, bool):
        return value
    text = as_text(value, name)
    if text is None or text.lower() in _TRUE | _FALSE:
        return None if text is None else text.lower() in _TRUE
    raise UnusableValueError(f"{name} {shown(text)!r} is neither true nor false")


def time(value: Any, name: str, order: DayOrder) -> datetime | None:
    """A UTC time, see `coachlake.landing.call_times.call_time`. Raises UnusableValueError where it is none."""
    as_text(value, name)
    try:
        return None if value is None else call_time(value, order=order)
    except CallTimeError as error:
        raise UnusableValueError(str(error).replace("started_at", name, 1)) from error


def day(value: Any, name: str, order: DayOrder) -> date | None:
    """A day of somebody's working life so far. Raises UnusableValueError where it is none."""
    as_text(value, name)
    try:
        found = None if value is None else moment_of(value, order).date()
    except CallTimeError as error:
        raise UnusableValueError(str(error).replace("started_at", name, 1)) from error
    if found is not None and not _EARLIEST_DAY <= found <= datetime.now(UTC).date() + timedelta(days=1):
        raise UnusableValueError(f"{name} {shown(value)} is before {_EARLIEST_DAY.year} or in the future")
    return found


def _within(text: str | None, name: str, most: int, may_hold: str) -> str | None:
    if text is None:
        return None
    if len(text) > most:
        raise UnusableValueError(f"{name} has {len(text)} characters: at most {most} are taken", text)
    odd = next((sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs") and sign not in may_hold), None)
    if odd is not None:
        raise UnusableValueError(f"{name} {shown(text)!r} holds the control character {odd!r}", text)
    return text
