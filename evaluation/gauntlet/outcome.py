"""What should become of a call, what became of it, and the verdict."""

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

Status = Literal["scored", "asked", "refused"]
# right: scored by the rep's own words. withheld: it could have been scored, but was asked about or refused.
Verdict = Literal["right", "asked", "refused", "wrong reason", "withheld", "silently wrong", "unjudged"]
VERDICTS: tuple[Verdict, ...] = ("right", "asked", "refused", "wrong reason", "withheld", "silently wrong")

# A recogniser errs in a few words of a hundred, and where two speak at once in more; whoever reads the other side's
# words as well, or half of the call, is far below this.
_LEAST_HEARD = 0.75


@dataclass(frozen=True, slots=True)
class Expected:
    """The right outcome: any of `statuses`; where refused, a word its reason must hold; where scored, the words of the
    rep and of the customer (None: not checked). `is_heard`: a recogniser stands between, so words need not all be
    equal. `row`: columns of the call's row that must be so whatever happens."""

    statuses: tuple[Status, ...]
    reason: str | None = None
    rep: str | None = None
    customer: str | None = None
    is_heard: bool = False
    row: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call: its row, the words scored as the rep's and as the customer's, and the reason or
    question."""

    call_id: str
    status: Status
    reason: str = ""
    rep: str = ""
    customer: str = ""
    row: dict[str, Any] = field(default_factory=dict)


def verdict(expected: Expected | None, outcome: Outcome | None) -> tuple[Verdict, str]:
    """The verdict on a call and why. A call that is lost (no outcome), or that is scored without being expected, is
    silently wrong; without any expectation of the delivery there is no verdict (see `run`)."""
    if outcome is None:
        return "silently wrong", "the call is in no table"
    if expected is None:
        wrong: Verdict = "silently wrong" if outcome.status == "scored" else "refused"
        return wrong, f"nobody expected this call: {outcome.reason}"
    if differs := [
        f"{name} is {outcome.row.get(name)}, not {value}"
        for name, value in expected.row.items()
        if str(outcome.row.get(name)) != str(value)
    ]:
        return "silently wrong", "; ".join(differs)
    if outcome.status not in expected.statuses:
        worse: Verdict = "silently wrong" if outcome.status == "scored" else "withheld"
        return worse, f"{outcome.status}, not {' or '.join(expected.statuses)}: {outcome.reason}"
    if outcome.status == "asked":
        return "asked", outcome.reason
    if outcome.status == "refused":
        has_reason = (expected.reason or "").lower() in outcome.reason.lower()
        return ("refused" if has_reason else "wrong reason"), outcome.reason
    difference = _difference(expected, outcome)
    return ("silently wrong", difference) if difference else ("right", "")


def _difference(expected: Expected, outcome: Outcome) -> str:
    if expected.rep is not None:
        gold, heard = _tokens(expected.rep), _tokens(outcome.rep)
        if expected.is_heard:
            matched = _in_common(gold, heard)
            found, true = matched / max(1, len(gold)), matched / max(1, len(heard))
            if min(found, true) < _LEAST_HEARD:
                return f"{found:.0%} of the rep's words are the rep's, {true:.0%} of those scored"
        elif gold != heard:
            return f"the rep's words are not the rep's: {outcome.rep[:120]!r}"
    if expected.customer is not None:
        gold, heard = _tokens(expected.customer), _tokens(outcome.customer)
        strange = Counter(heard) - Counter(gold)
        if strange.total() > (1 - _LEAST_HEARD) * len(heard) * expected.is_heard:
            return f"words that are not the customer's: {' '.join(list(strange)[:12])}"
    return ""


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("'", "").replace("’", ""))


def _in_common(gold: list[str], heard: list[str]) -> int:
    """Words in both, in order."""
    return sum(block.size for block in SequenceMatcher(None, gold, heard, autojunk=False).get_matching_blocks())
