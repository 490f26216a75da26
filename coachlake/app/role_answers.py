"""Keeping what a person says of who is who in a call."""

from collections.abc import Sequence

from coachlake.access.viewer import Role
from coachlake.app.data import look_at, settings
from coachlake.app.viewer import viewer


def keep(call_id: str, label: str, labels: Sequence[str], who: str, queue: str | None = None) -> str | None:
    """Keep the answer (with `queue`: also as a rule for its calls); what is wrong with it, or None when it is kept.

    It is by whoever has signed in. A coach answers for calls of their teams, an admin for a queue: it may have others.
    """
    from coachlake.lake.role_answers import answer_who_is_rep

    who = viewer().person if viewer().is_signed_in else who
    if not who:
        return "Please give your name, so that the answer can be traced."
    if not (viewer().may_decide and look_at(call_id, "answer")) or (queue and Role.ADMIN not in viewer().roles):
        return "Not saved: this call, or this queue, is not yours to answer for."
    try:
        answer_who_is_rep(settings(), call_id=call_id, label=label, labels=labels, answered_by=who)
        if queue:
            answer_who_is_rep(settings(), call_id=call_id, label=label, labels=labels, answered_by=who, queue=queue)
    except ValueError as error:
        return f"Not saved: {error}."
    return None
