"""How many days what is kept stays, by kind, as the company's own file says it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

# What each holds and how its age is told: docs/privacy.md.
KINDS = (
    "calls", "recordings", "deliveries", "staging", "snapshots", "practice", "packs", "logs", "runs", "looks",
)  # fmt: skip
# They hold words of calls: where no days of their own are given, those of `calls` are theirs too.
_OF_CALLS = ("recordings", "deliveries", "staging", "practice", "packs", "logs")


class PolicyError(ValueError):
    """The file is not one that can be followed; the message says what is wrong in it. Nothing is removed then."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Kind (of KINDS) → whole days; a kind without days is kept."""

    days: Mapping[str, int]

    def last_kept(self, kind: str, today: date) -> date | None:
        """The oldest day of a kind that stays; None where all of it does."""
        days = self.days.get(kind, self.days.get("calls") if kind in _OF_CALLS else None)
        return None if days is None else today - timedelta(days=days)


def read_policy(path: Path) -> Policy:
    """The policy of a TOML file with a table `keep_days`; one that keeps everything where there is no file.

    Raises PolicyError where it is no such file, names a kind that is none, or gives one no whole number of days.
    """
    if not path.exists():
        return Policy({})
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path} cannot be read as TOML: {error}") from error
    days = content.get("keep_days")
    if set(content) != {"keep_days"} or not isinstance(days, dict):
        raise PolicyError(f"{path} needs one table, [keep_days], and nothing else")
    for kind, given in days.items():
        if kind not in KINDS:
            raise PolicyError(f"{path}: nothing is kept by the name of {kind}; there are {', '.join(KINDS)}")
        if type(given) is not int or not 1 <= given <= 36_500:
            raise PolicyError(f"{path}: {kind} = {given!r} is no whole number of days from 1 to 36,500")
    return Policy(days)
