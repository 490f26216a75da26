"""Reviews and disputes that people enter in the app."""

from dataclasses import dataclass

from coachlake.app.data import by_whom, look_at, settings
from coachlake.app.viewer import viewer
from coachlake.rubrics.schema import Level


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person says of a score. `level` None: the criterion does not apply to this call."""

    call_id: str
    criterion_id: str
    reviewer_id: str
    level: Level | None
    note: str
    is_dispute: bool
    is_blind: bool


def save(entry: Entry) -> str | None:
    """Keep the review beside the machine's score; what is wrong with it, in words, or None when it is kept.

    It is by whoever has signed in, whatever name the entry gives.
    """
    from coachlake.calibration.reviews import add_review

    reviewer = by_whom(entry.reviewer_id)
    if not reviewer:
        return "Please give your name, so that the review can be answered."
    if not look_at(entry.call_id, "review") or (entry.is_blind and not viewer().may_decide):
        return "Not saved: this call is not yours to review."
    try:
        add_review(
            settings(),
            call_id=entry.call_id,
            criterion_id=entry.criterion_id,
            reviewer_id=reviewer,
            level=entry.level,
            note=entry.note.strip() or None,
            is_dispute=entry.is_dispute,
            is_blind=entry.is_blind,
        )
    except ValueError as error:
        return f"Not saved: {error}."
    except KeyError:
        return "Not saved: this call no longer has a score on that skill."
    return None
