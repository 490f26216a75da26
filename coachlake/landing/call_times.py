"""When a call started, as people and systems write it down: one plain reading, or the reason why there is none."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)  # the first night there is a partition for
# Clocks of recorders run ahead of ours, and a start may be given in local time without saying so.
_AHEAD = timedelta(days=1)
_EPOCH_DIGITS = {10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}
# Which of the two numbers of 05/11/2026 is the day; "" where nothing tells.
DayOrder = Literal["day first", "month first", ""]
_NUMERIC = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4})"
    r"(?:[T,\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
_ISO = re.compile(
    r"\d{4}-?\d{2}-?\d{2}(?:[T ]\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d{1,9})?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?", re.ASCII
)
_SHOWN = 80


class CallTimeError(ValueError):
    """The text is no time of a call; the message says what was seen and what is needed."""


def day_order(values: Iterable[Any]) -> DayOrder:
    """Which number is the day in dates as 05/11/2026, by the evidence of a whole delivery: one that can only be read
    one way (25/11/2026) tells for all; none, or some either way, tells nothing."""
    pairs = [(int(found["a"]), int(found["b"])) for value in values if (found := _NUMERIC.fullmatch(_text(value)))]
    is_day_first, is_month_first = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    if is_day_first == is_month_first:
        return ""
    return "day first" if is_day_first else "month first"


def call_time(value: Any, now: datetime | None = None, order: DayOrder = "") -> datetime:
    """The UTC time meant by ISO 8601 text (UTC unless it has an offset or a zone's name behind it), a timestamp,
    seconds, milliseconds, microseconds or nanoseconds since 1970, or a numeric date whose order (`day_order`) is known.

    Raises CallTimeError where it has more than one reading ("05/11/2026" without a known order, an hour that a clock
    change makes twice), or lies before 2020 or more than a day ahead of `now` (default: this moment).
    """
    at = moment_of(value, order)
    if at < EARLIEST:
        raise CallTimeError(f"started_at {_shown(value)} is before {EARLIEST.year}")
    if at > (now or datetime.now(UTC)) + _AHEAD:
        raise CallTimeError(f"started_at {_shown(value)} lies in the future")
    return at


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _none(value: Any, why: str = "") -> CallTimeError:
    return CallTimeError(f"started_at {_shown(value)!r} is no ISO 8601 time{why}")


def moment_of(value: Any, order: DayOrder = "") -> datetime:
    """As `call_time`, whatever the year."""
    if hasattr(value, "to_pydatetime"):  # pandas' own
        value = value.to_pydatetime(warn=False)
    if isinstance(value, datetime):
        return _in_utc(value, None, value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _none(value)
    text = str(value).strip()
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    digits = text.removesuffix(".0")
    if digits.isascii() and digits.isdigit():
        return _since_1970(digits, value)
    if numeric := _NUMERIC.fullmatch(text):
        return _numeric(numeric, order, value)
    local, _, zone = text.partition(" ") if "T" in text else (text, "", "")
    if not _ISO.fullmatch(local):  # Python reads more than that, and leaves out what it cannot
        raise _none(value)
    try:
        moment = datetime.fromisoformat(local)
    except ValueError as error:
        raise _none(value) from error
    return _in_utc(moment, zone.strip() or None, value)


def _numeric(found: re.Match[str], order: DayOrder, value: Any) -> datetime:
    a, b, year = int(found["a"]), int(found["b"]), int(found["year"])
    if a <= 12 and b <= 12 and a != b and not order:
        raise _none(
            value, f": it could be {date(year, b, a):%-d %B} or {date(year, a, b):%-d %B}, and no other date here tells"
        )
    day, month = (a, b) if a > 12 or (order == "day first" and b <= 12) else (b, a)
    hour = int(found["hour"] or 0)
    if half := (found["half"] or "").lower()[:1]:
        if not 1 <= hour <= 12:
            raise _none(value)
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(year, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0), tzinfo=UTC)
    except ValueError as error:
        raise _none(value, f": {error}") from error


def _since_1970(digits: str, value: Any) -> datetime:
    unit = _EPOCH_DIGITS.get(len(digits))
    if unit is None:
        raise _none(value)
    return datetime.fromtimestamp(int(digits) / unit, UTC)


def _in_utc(moment: datetime, zone: str | None, value: Any) -> datetime:
    try:
        if zone is None:
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        return _in_zone(moment, zone, value)
    except (OverflowError, OSError) as error:
        raise _none(value) from error


def _in_zone(moment: datetime, zone: str, value: Any) -> datetime:
    if moment.tzinfo:
        raise _none(value, f": it has an offset and {_shown(zone)!r} besides")
    try:
        local = ZoneInfo(zone.strip("[]()"))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CallTimeError(f"started_at {_shown(value)!r}: {_shown(zone)!r} is no time zone") from error
    first, second = (moment.replace(tzinfo=local, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise CallTimeError(
            f"started_at {_shown(value)!r}: that hour comes twice or never as clocks change; give an offset"
        )
    return first.astimezone(UTC)
