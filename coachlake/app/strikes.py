"""Keeping which moments of a call do not count, in the name of whoever has signed in."""

from coachlake.app.data import look_at, settings
from coachlake.app.viewer import viewer
from coachlake.scoring.evidence import Struck


def keep(call_id: str, moment: Struck, why: str, who: str, *, is_struck: bool = True) -> str | None:
    """Keep that a moment is struck, or counts again; why it was not kept, None where it was."""
    from coachlake.lake.strikes import strike

    who = viewer().person if viewer().is_signed_in else who.strip()
    if not who:
        return "Please give your name, so that it can be traced."
    if is_struck and not why.strip():
        return "Please say why the moment should not count."
    if not (viewer().may_decide and look_at(call_id, "strike")):
        return "Not saved: the evidence of this call is not yours to strike."
    strike(settings(), call_id, moment, why=why.strip(), struck_by=who, is_struck=is_struck)
    return None
