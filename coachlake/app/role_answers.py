"""Keeping what a person says of who is who in a call."""

from collections.abc import Sequence

from coachlake.app.data import settings


def keep(call_id: str, label: str, labels: Sequence[str], who: str, queue: str | None = None) -> str | None:
    """Keep the answer (with `queue`: also as a rule for its calls); what is wrong with it, or None when it is kept."""
    from coachlake.lake.role_answers import answer_who_is_rep

    if not who:
        return "Please give your name, so that the answer can be traced."
    try:
        answer_who_is_rep(settings(), call_id=call_id, label=label, labels=labels, answered_by=who)
        if queue:
            answer_who_is_rep(settings(), call_id=call_id, label=label, labels=labels, answered_by=who, queue=queue)
    except ValueError as error:
        return f"Not saved: {error}."
    return None
