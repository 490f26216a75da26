"""Keeping which moments of a call do not count, in the name of whoever has signed in."""

from typing import Any

from coachlake.app.data import by_whom, look_at, query_now, settings
from coachlake.app.viewer import viewer
from coachlake.display.formatting import rows
from coachlake.scoring.evidence import Struck


def struck(call_id: str) -> list[Any]:
    """What is struck of a call now, in order of time: a row each, with why and by whom."""
    from coachlake.lake.strikes import IN_FORCE

    found = rows(query_now(IN_FORCE, (call_id,)))
    return sorted(found, key=lambda row: (row.turn_index, row.criterion_id))


def keep(call_id: str, moment: Struck, why: str, who: str, *, is_struck: bool = True) -> str | None:
    """Keep that a moment is struck, or counts again; why it was not kept, None where it was."""
    from coachlake.lake.strikes import strike

    who = by_whom(who)
    if not who:
        return "Please give your name, so that it can be traced."
    if is_struck and not why.strip():
        return "Please say why the moment should not count."
    if not (viewer().may_decide and look_at(call_id, "strike")):
        return "Not saved: the evidence of this call is not yours to strike."
    strike(settings(), call_id, moment, why=why.strip(), struck_by=who, is_struck=is_struck)
    return None
