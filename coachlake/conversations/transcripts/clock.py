"""Times as transcripts write them, in seconds."""

import re
from datetime import datetime

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?")
# Hours, minutes and seconds in front of or behind a name: `0:12`, `00:01:02`, `1:02:03.5`.
CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6})?"


def clock_s(text: str) -> float | None:
    """`[HH:]MM:SS[.fff]` in seconds; None where it is not one."""
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return 3600 * int(hours or 0) + 60 * int(minutes) + int(seconds) + float(f"0.{fraction or 0}")


def moment_s(text: str) -> float | None:
    """An ISO 8601 date and time as seconds since 1970; None where it is not one."""
    try:
        return datetime.fromisoformat(text.strip()).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def since_first(times: list[float | None]) -> list[float | None]:
    """Times on a wall clock as seconds since the earliest of them."""
    known = [time for time in times if time is not None]
    return [None if time is None else time - min(known) for time in times]
