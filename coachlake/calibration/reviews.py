"""What people say of a score: kept beside the machine's, never over it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from coachlake.lake.connection import ALIAS, create_raw_tables, lake
from coachlake.lake.tables import HUMAN_REVIEWS
from coachlake.lake.writer import upsert
from coachlake.rubrics.schema import Level
from coachlake.settings import Settings


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A person's level of a call and criterion beside the machine's. `level` None: the person says not applicable;
    `machine_score`/`machine_level` None: the machine does."""

    review_id: str
    rubric_id: str
    call_id: str
    criterion_id: str
    reviewer_id: str
    level: Level | None
    score: float | None
    note: str | None
    is_dispute: bool
    is_blind: bool
    machine_score: float | None
    machine_level: Level | None
    machine_confidence: float
    quote: str | None
    cue_quote: str | None
    start_s: float | None
    why: str | None
    rep_id: str | None = None


def add_review(
    settings: Settings,
    *,
    call_id: str,
    criterion_id: str,
    reviewer_id: str,
    level: Level | None,
    note: str | None = None,
    score: float | None = None,
    is_dispute: bool = False,
    is_blind: bool = False,
    reviewed_at: datetime | None = None,
) -> str:
    """Keep a person's review (or, with `is_dispute`, their challenge) of one score; its review_id.

    `level` None says that the criterion does not apply to the call; `score` is 0–100 where the person gave one. The
    same person's later review of the same score replaces their earlier one; a dispute is kept beside both. The
    machine's score is not touched. Raises KeyError where the call has no score on the criterion, ValueError for
    a score out of range or a dispute without a note: a challenge nobody can follow teaches nothing.
    """
    if is_dispute and not (note and note.strip()):
        raise ValueError("a dispute needs a note that says what was heard differently")
    if score is not None and not 0 <= score <= 100:
        raise ValueError(f"a score is between 0 and 100, not {score}")
    if not _is_scored(settings, call_id, criterion_id):
        raise KeyError(f"call {call_id} has no score on {criterion_id}")
    review_id = ":".join([call_id, criterion_id, reviewer_id, *(["dispute"] if is_dispute else [])])
    row = {
        "review_id": review_id,
        "call_id": call_id,
        "criterion_id": criterion_id,
        "reviewer_id": reviewer_id,
        "level": level,
        "score": score,
        "note": note,
        "is_dispute": is_dispute,
        # Whoever disputes a score has seen it.
        "is_blind": is_blind and not is_dispute,
        "reviewed_at": reviewed_at or datetime.now(UTC),
    }
    upsert(settings, "human_reviews", pa.Table.from_pylist([row], schema=HUMAN_REVIEWS))
    return review_id


def land_reviews(settings: Settings, reviews: pa.Table) -> int:
    """Add reviews that came in by file (columns of raw.human_reviews); how many were new or newer.

    A file stays in the landing zone and comes by every night: what a person has since said in the app stands.
    """
    with lake(settings) as connection:
        create_raw_tables(connection)
        connection.register("_landed", reviews)
        newer = connection.execute(
            f"""
            SELECT landed.* FROM _landed AS landed
            LEFT JOIN {ALIAS}.raw.human_reviews AS known USING (review_id)
            WHERE known.review_id IS NULL OR landed.reviewed_at > known.reviewed_at
            """
        ).to_arrow_table()
    if newer.num_rows:
        upsert(settings, "human_reviews", newer)
    return int(newer.num_rows)


def reviewed_scores(settings: Settings) -> list[Reviewed]:
    """Every review of a call that is scored now, beside the machine's score and its first moment of evidence."""
    query = f"""
        SELECT
            review.review_id, scores.rubric_id, review.call_id, review.criterion_id, review.reviewer_id,
            review.level, review.score, review.note, review.is_dispute, review.is_blind,
            scores.score, scores.level, scores.confidence,
            moment.quote, moment.cue_quote, moment.start_s, moment.why, calls.rep_id
        FROM {ALIAS}.raw.human_reviews AS review
        JOIN {ALIAS}.raw.scores AS scores USING (call_id, criterion_id)
        LEFT JOIN {ALIAS}.raw.calls AS calls USING (call_id)
        LEFT JOIN (
            SELECT * FROM {ALIAS}.raw.evidence
            QUALIFY row_number() OVER (PARTITION BY score_id ORDER BY confidence DESC, evidence_id) = 1
        ) AS moment USING (score_id)
        ORDER BY review.review_id
    """
    with lake(settings, read_only=True) as connection:
        return [Reviewed(*row) for row in connection.execute(query).fetchall()]


def _is_scored(settings: Settings, call_id: str, criterion_id: str) -> bool:
    with lake(settings, read_only=True) as connection:
        query = f"SELECT count(*) FROM {ALIAS}.raw.scores WHERE call_id = ? AND criterion_id = ?"
        row = connection.execute(query, [call_id, criterion_id]).fetchone()
    return bool(row and row[0])
