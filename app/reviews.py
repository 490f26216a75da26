"""Reviews and disputes that people enter."""

from datetime import UTC, datetime

import pyarrow as pa

from app.data import settings
from ray_jobs.lake.tables import HUMAN_REVIEWS
from ray_jobs.lake.writer import upsert


def save_review(
    call_id: str, criterion_id: str, reviewer_id: str, level: str | None, note: str, *, is_dispute: bool, is_blind: bool
) -> str:
    """Write a review; one reviewer's newer review of a score replaces the older. Returns its id.

    `level` None: the reviewer says the criterion does not apply. `is_blind`: given before the machine's score was seen.
    """
    review_id = f"{call_id}:{criterion_id}:{reviewer_id}"
    row = {
        "review_id": review_id,
        "call_id": call_id,
        "criterion_id": criterion_id,
        "reviewer_id": reviewer_id,
        "level": level,
        "score": None,
        "note": note.strip() or None,
        "is_dispute": is_dispute,
        "is_blind": is_blind,
        "reviewed_at": datetime.now(UTC),
    }
    upsert(settings(), "human_reviews", pa.Table.from_pylist([row], schema=HUMAN_REVIEWS))
    return review_id
