"""How often work on a call was tried, and when it may be tried again: nothing is refused for ever by bad luck.

The rule, a piece of work at a time (the key of what was landed, and by what it is heard or judged):

- Its worker dies twice while one Ray goes on (out of memory, a crash in native code): that is the call's doing; it
  fails for now.
- A run that ends while it is worked on may have been killed for any reason; only when three have, within a week, it is
  left out until an hour after the last, then two, and so on up to a day, so that the calls beside it get through.
- What failed for a reason that may pass is tried in the next run, then after 5 minutes, 20, and so on up to a day; no
  more than eight times in thirty days.
- Success forgets all of it.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta

from ray_jobs.stage import Stage

_DEATHS_UNDER_ONE_RAY = 2
_LOST_RUNS, _LOST_RUNS_WITHIN = 3, timedelta(days=7)
_MOST_FAILURES, _FAILURES_WITHIN = 8, timedelta(days=30)
_LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Kept:
    """Starts that came to no end, as (Ray session, time), and times of failures that may pass (ISO, UTC)."""

    started: list[tuple[str, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


class Tries:
    """The tries of one piece of work under one Ray session. `now` is UTC."""

    def __init__(self, stage: Stage, session: str, key: str) -> None:
        self._stage, self._session = stage, session
        self._path = stage.path("tries", key, "json")

    def start(self, now: datetime) -> str | None:
        """Note that work on it starts; or, where it is not to be tried now, why not."""
        kept = self._kept()
        if sum(session == self._session for session, _ in kept.started) >= _DEATHS_UNDER_ONE_RAY:
            self.fail(now)
            return "its worker died each time it was tried (out of memory, or a crash in native code)"
        if why_not := self._why_not(kept, now):
            return why_not
        self._keep(_Kept([*kept.started, (self._session, now.isoformat())], kept.failed))
        return None

    def fail(self, now: datetime) -> None:
        """It came to an end that may be another the next time."""
        kept = self._kept()
        others = [start for start in kept.started if start[0] != self._session]
        self._keep(_Kept(others, [*kept.failed, now.isoformat()]))

    def end(self) -> None:
        """It came to its end, good or bad: there is nothing to try again."""
        self._stage.remove(self._path)

    def _why_not(self, kept: _Kept, now: datetime) -> str | None:
        if after := self._after_lost_runs(kept, now):
            return f"{_LOST_RUNS} runs or more ended while it was worked on; tried again from {_shown(after)}"
        recent = [at for at in map(datetime.fromisoformat, kept.failed) if now - at < _FAILURES_WITHIN]
        if len(recent) >= _MOST_FAILURES:
            return f"it failed {len(recent)} times; tried again from {_shown(min(recent) + _FAILURES_WITHIN)}"
        if len(recent) > 1 and now < (again := max(recent) + _wait(timedelta(minutes=5), 4, len(recent) - 2)):
            return f"it failed {len(recent)} times; tried again from {_shown(again)}"
        return None

    def _after_lost_runs(self, kept: _Kept, now: datetime) -> datetime | None:
        last_of = {session: datetime.fromisoformat(at) for session, at in kept.started if session != self._session}
        lost = [at for at in last_of.values() if now - at < _LOST_RUNS_WITHIN]
        if len(lost) < _LOST_RUNS:
            return None
        again = max(lost) + _wait(timedelta(hours=1), 2, len(lost) - _LOST_RUNS)
        return again if now < again else None

    def _kept(self) -> _Kept:
        if not self._stage.exists_at(self._path):
            return _Kept()
        said = json.loads(self._stage.read(self._path))
        return _Kept([(session, at) for session, at in said["started"]], said["failed"])

    def _keep(self, kept: _Kept) -> None:
        self._stage.write(self._path, json.dumps(asdict(kept)).encode())


def _wait(first: timedelta, factor: int, times: int) -> timedelta:
    # More than a day is a day: no need to raise the factor further.
    return min(_LONGEST_WAIT, first * int(factor ** min(times, 10)))


def _shown(at: datetime) -> str:
    return f"{at.astimezone(UTC):%d %b %Y %H:%M} UTC"
