"""Feeds that arrive beside calls, in their own time: outcomes and human reviews."""

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from coachlake.lake.tables import HUMAN_REVIEWS, OUTCOMES


class FeedError(ValueError):
    """A feed file cannot be used; the message names the missing or wrong column."""


def read_outcomes(path: Path) -> pa.Table:
    """An outcomes file (call_id; csat 1–5 and/or is_converted; received_at) as rows of raw.outcomes.

    The newest row wins where a call is given twice. Raises FeedError naming the column that is missing or wrong.
    """
    frame = _read(path, required=("call_id", "received_at"))
    frame["csat"] = _numbers(path, frame, "csat")
    if not frame["csat"].dropna().between(1, 5).all():
        raise FeedError(f"{path.name}: csat must be between 1 and 5")
    frame["is_converted"] = _booleans(path, frame, "is_converted")
    frame["received_at"] = _times(path, frame, "received_at")
    newest = frame.sort_values("received_at", kind="stable").drop_duplicates("call_id", keep="last")
    return _table(newest, OUTCOMES)


def outcomes_of(rows: list[dict[str, Any]]) -> pa.Table:
    """Outcomes that came inside the call facts as rows of raw.outcomes."""
    return pa.Table.from_pylist(rows, schema=OUTCOMES)


def newest_of(tables: list[pa.Table]) -> pa.Table:
    """Outcome tables in order of arrival as one, with the last row of each call."""
    rows = {row["call_id"]: row for table in tables for row in table.to_pylist()}
    return outcomes_of(list(rows.values()))


def read_reviews(path: Path) -> pa.Table:
    """A reviews file (review_id, call_id, criterion_id, reviewer_id, level; see raw.human_reviews) as rows.

    Raises FeedError naming the column that is missing or wrong.
    """
    frame = _read(path, required=("call_id", "criterion_id", "reviewer_id", "level", "reviewed_at"))
    levels = set(frame["level"].dropna()) - {"good", "average", "poor"}
    if levels:
        raise FeedError(f"{path.name}: level must be good, average or poor, not {', '.join(sorted(levels))}")
    if "review_id" not in frame:
        frame["review_id"] = frame["call_id"] + ":" + frame["criterion_id"] + ":" + frame["reviewer_id"]
    frame["score"] = _numbers(path, frame, "score")
    for column in ("is_dispute", "is_blind"):
        frame[column] = _booleans(path, frame, column).fillna(False)
    frame["reviewed_at"] = _times(path, frame, "reviewed_at")
    return _table(frame.drop_duplicates("review_id", keep="last"), HUMAN_REVIEWS)


def _read(path: Path, required: tuple[str, ...]) -> pd.DataFrame:
    readers = {".csv": lambda: pd.read_csv(path, dtype=str), ".json": lambda: pd.read_json(path, dtype=False)}
    try:
        frame = readers[path.suffix]() if path.suffix in readers else pd.read_parquet(path)
    except (ValueError, OSError) as error:
        raise FeedError(f"{path.name} cannot be read: {error}") from error
    missing = [column for column in required if column not in frame]
    if missing:
        raise FeedError(f"{path.name} lacks the column(s) {', '.join(missing)}")
    return frame


def _numbers(path: Path, frame: pd.DataFrame, column: str) -> "pd.Series[float]":
    if column not in frame:
        return pd.Series(float("nan"), index=frame.index)
    numbers = pd.to_numeric(frame[column], errors="coerce")
    if (numbers.isna() & frame[column].notna()).any():
        raise FeedError(f"{path.name}: {column} holds something that is no number")
    return numbers


def _booleans(path: Path, frame: pd.DataFrame, column: str) -> "pd.Series[bool]":
    if column not in frame:
        return pd.Series(pd.NA, index=frame.index, dtype="boolean")
    text = frame[column].astype("string").str.strip().str.lower()
    known = text.map({"true": True, "1": True, "1.0": True, "yes": True, "false": False, "0": False, "no": False})
    if (known.isna() & text.notna()).any():
        raise FeedError(f"{path.name}: {column} must be true or false")
    return known.astype("boolean")


def _times(path: Path, frame: pd.DataFrame, column: str) -> "pd.Series[pd.Timestamp]":
    times = pd.to_datetime(frame[column], utc=True, errors="coerce", format="ISO8601")
    if times.isna().any():
        raise FeedError(f"{path.name}: {column} must be an ISO 8601 time in every row")
    return times


def _table(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    complete = frame.reindex(columns=schema.names)
    return pa.Table.from_pandas(complete, schema=schema, preserve_index=False)
