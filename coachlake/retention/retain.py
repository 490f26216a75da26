"""`retain`: what is due goes, with a receipt that counts and names nobody."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain

from coachlake.files import write_whole
from coachlake.retention.due import Due, due
from coachlake.retention.policy import Policy
from coachlake.settings import Settings


@dataclass(frozen=True, slots=True)
class Retained:
    """Kind → how many of it went (or would go), and kind → the oldest day that stays."""

    removed: dict[str, int]
    last_kept: dict[str, str]


def retain(
    settings: Settings, policy: Policy, today: date, *, also: Iterable[Due] = (), is_rehearsal: bool = False
) -> Retained:
    """Remove what the policy keeps no longer on the day `today` (UTC), or only count it; `also` what others found due.

    A day is kept whole: with 30 days, what is 30 days old stays and what is 31 days old goes. Repeating is safe, and
    finishes what was cut off. The receipt is in `<home>/erasure/receipts`.
    """
    found = Retained({}, {})
    for one in chain(due(settings, policy, today), also):
        if not is_rehearsal:
            one.remove()
        found.removed[one.kind] = one.count
        found.last_kept[one.kind] = one.last_kept.isoformat()
    if found.removed and not is_rehearsal:
        now = datetime.now(UTC)
        receipt = {"retained_at": now.isoformat(), "policy_days": dict(policy.days), "removed": found.removed}
        path = settings.home / "erasure" / "receipts" / f"retention-{now:%Y%m%dT%H%M%SZ}.json"
        write_whole(path, json.dumps(receipt, indent=2).encode())
    return found
