"""When a call started, as people and systems write it down: one plain reading, or the reason why there is none."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)  # the first night there is a partition for
# Clocks of recorders run ahead of ours, and a start may be given in local time without saying so.
_AHEAD = timedelta(days=1)
_EPOCH_DIGITS = {10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}


class CallTimeError(ValueError):
    """The text is no time of a call; the message says what was seen and what is needed."""


def call_time(value: Any, now: datetime | None = None) -> datetime:
    """The UTC time meant by ISO 8601 text (UTC unless it has an offset or a zone's name behind it), a timestamp, or
    seconds, milliseconds, microseconds or nanoseconds since 1970.

    Raises CallTimeError where it has more than one reading ("05/11/2026", an hour that a clock change makes twice), or
    lies before 2020 or more than a day ahead of `now` (default: this moment).
    """
    at = _read(value)
    if at < EARLIEST:
        raise CallTimeError(f"started_at {value} is before {EARLIEST.year}")
    if at > (now or datetime.now(UTC)) + _AHEAD:
        raise CallTimeError(f"started_at {value} lies in the future")
    return at


def _read(value: Any) -> datetime:
    if isinstance(value, datetime | pd.Timestamp):
        moment: datetime = pd.Timestamp(value).to_pydatetime()
        return _in_utc(moment, None, value)
    text = str(value).strip()
    digits = text.removesuffix(".0")
    if digits.isdigit():
        return _since_1970(digits, value)
    local, _, zone = text.partition(" ") if "T" in text else (text, "", "")
    try:
        moment = datetime.fromisoformat(local)
    except ValueError as error:
        raise CallTimeError(f"started_at {value!r} is no ISO 8601 time") from error
    return _in_utc(moment, zone.strip() or None, value)


def _since_1970(digits: str, value: Any) -> datetime:
    unit = _EPOCH_DIGITS.get(len(digits))
    if unit is None:
        raise CallTimeError(f"started_at {value!r} is no ISO 8601 time")
    return datetime.fromtimestamp(int(digits) / unit, UTC)


def _in_utc(moment: datetime, zone: str | None, value: Any) -> datetime:
    if zone is None:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        local = ZoneInfo(zone.strip("[]()"))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CallTimeError(f"started_at {value!r}: {zone!r} is no time zone") from error
    first, second = (moment.replace(tzinfo=local, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise CallTimeError(f"started_at {value!r}: that hour comes twice or never as clocks change; give an offset")
    return first.astimezone(UTC)
