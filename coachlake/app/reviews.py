"""Reviews and disputes that people enter in the app."""

from dataclasses import dataclass

from coachlake.app.data import settings
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
    """Keep the review beside the machine's score; what is wrong with it, in words, or None when it is kept."""
    from coachlake.calibration.reviews import add_review

    if not entry.reviewer_id:
        return "Please give your name, so that the review can be answered."
    try:
        add_review(
            settings(),
            call_id=entry.call_id,
            criterion_id=entry.criterion_id,
            reviewer_id=entry.reviewer_id,
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
