"""The gate a call: whatever a table check or a mart's test would refuse is decided for the one call, before it lands.

The checks on tables (`data_quality/`, the tests of `dbt_project/`) stay as alarms; a call that would raise one is
refused here with the value seen, and the others of its night go on.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from coachlake.lake.rows import Rows

# Word times may reach this far past the measured end of a recording (seconds).
SLACK_S = 0.5
_EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
_LEVELS = ("good", "average", "poor")
_SHOWN = 60

_Row = Mapping[str, Any]
_KEYS: dict[str, tuple[str, ...]] = {
    "participants": ("label",),
    "turns": ("turn_index",),
    "signals": ("signal_id",),
    "scores": ("criterion_id",),
    "evidence": ("evidence_id",),
}
_NEEDED: dict[str, tuple[str, ...]] = {
    "calls": ("call_id", "rep_id", "source", "status", "batch_date"),
    "participants": ("label",),
    "turns": ("turn_index", "speaker", "start_s", "end_s", "text"),
    "signals": ("signal_id", "kind"),
    "scores": ("score_id", "criterion_id", "confidence", "opportunity_count"),
    "evidence": ("evidence_id", "score_id", "criterion_id", "turn_index", "quote", "start_s", "end_s", "confidence"),
}
# What a scored call has besides.
_NEEDED_SCORED = ("started_at", "duration_s", "rubric_id", "rubric_sha256", "model_fingerprint")
_ONE_OF: dict[tuple[str, str], tuple[str, ...]] = {
    ("calls", "status"): ("scored", "asked", "quarantined"),
    ("calls", "source"): ("live", "practice"),
    ("participants", "role"): ("rep", "other_rep", "customer", "other", "system"),
    ("turns", "speaker"): ("rep", "customer"),
    ("scores", "level"): _LEVELS,
    ("evidence", "level"): _LEVELS,
}
_WITHIN: dict[tuple[str, str], tuple[float, float]] = {
    ("calls", "roles_confidence"): (0, 1),
    ("calls", "understood_share"): (0, 1),
    ("calls", "overall_score"): (0, 100),
    ("calls", "duration_s"): (0, math.inf),
    ("signals", "confidence"): (0, 1),
    ("scores", "score"): (0, 100),
    ("scores", "confidence"): (0, 1),
    ("scores", "opportunity_count"): (0, math.inf),
    ("evidence", "confidence"): (0, 1),
}
# Measures of the voice: where there is none to give, it is unknown, and that costs nothing else.
_VOICE = ("pitch_hz", "loudness_db", "rate_wps", "pitch_z", "loudness_z", "rate_z")


def mended(rows: Rows) -> Rows:
    """The rows with everything mended that has one plain reading: a measure of the voice that is no number is none."""
    turns = [row | {name: None for name in _VOICE if _is_no_number(row.get(name))} for row in rows.get("turns", [])]
    return rows | {"turns": turns}


def why_refused(rows: Rows) -> str | None:
    """The first thing for which a call's rows cannot land, in plain words with the value seen; None where all is well.

    `rows`: the per-call tables of one call, as `coachlake.lake.rows` makes them.
    """
    return next(_problems(rows), None)


def _problems(rows: Rows) -> Iterator[str]:
    for table, of_call in rows.items():
        for row in of_call:
            yield from _of_row(table, row)
        yield from _repeated(table, of_call)
    (call,) = rows["calls"]
    yield from _of_call(call)
    turns = {turn["turn_index"]: turn for turn in rows.get("turns", [])}
    end_s = call.get("duration_s")
    for table, what in (("turns", "turn"), ("signals", "signal"), ("evidence", "moment")):
        for row in rows.get(table, []):
            yield from _times(what, row, end_s)
    for table in ("signals", "evidence"):
        for row in rows.get(table, []):
            yield from _refers(table, row, turns)
    scores = {score["score_id"] for score in rows.get("scores", [])}
    for score in rows.get("scores", []):
        yield from _null_together(score)
    for moment in rows.get("evidence", []):
        if moment["score_id"] not in scores:
            yield f"evidence of {moment['criterion_id']} belongs to no score of the call"


def _of_row(table: str, row: _Row) -> Iterator[str]:
    for name in _NEEDED[table]:
        if row.get(name) is None or (row[name] == "" and name != "text"):
            yield f"{table}: {name} is missing"
    for name, value in row.items():
        if _is_no_number(value):
            yield f"{table}: {name} is {value}, no finite number"
        elif isinstance(value, str) and not _is_text(value):
            yield f"{table}: {name} {_shown(value)} holds signs that are no text"
        elif (table, name) in _ONE_OF and value is not None and value not in _ONE_OF[table, name]:
            yield f"{table}: {name} is {_shown(value)}, not one of {', '.join(_ONE_OF[table, name])}"
        elif (table, name) in _WITHIN and value is not None:
            low, high = _WITHIN[table, name]
            if not low <= value <= high:
                yield f"{table}: {name} is {value:g}, not within {low:g} and {high:g}"
    for word in row.get("words") or ():
        if any(_is_no_number(value) for value in word.values()):
            yield f"{table}: a word's time in turn {row.get('turn_index')} is no finite number"


def _repeated(table: str, rows: Sequence[_Row]) -> Iterator[str]:
    if table not in _KEYS:
        return
    counts = Counter(tuple(row.get(name) for name in _KEYS[table]) for row in rows)
    for key, count in counts.items():
        if count > 1:
            yield f"{table}: {', '.join(map(str, key))} is there {count} times"


def _of_call(call: _Row) -> Iterator[str]:
    if call["status"] == "scored":
        for name in _NEEDED_SCORED:
            if call.get(name) is None:
                yield f"calls: a scored call needs {name}"
    if (call["status"] == "scored") != (call.get("reason") is None):
        yield f"calls: a call that is {call['status']} has the reason {_shown(call.get('reason'))}"
    started_at = call.get("started_at")
    if started_at is not None and not _EARLIEST <= started_at <= datetime.now(UTC) + _AHEAD:
        yield f"calls: started_at is {started_at}, before {_EARLIEST.year} or in the future"


def _times(what: str, row: _Row, end_s: float | None) -> Iterator[str]:
    """Seconds of the call: not before it, in order, not after its end."""
    start, end = row.get("start_s"), row.get("end_s")
    if start is not None and start < 0:
        yield f"a {what} starts at {start:g} s, before the call"
    if start is not None and end is not None and end < start:
        yield f"a {what} ends at {end:g} s, before it starts at {start:g} s"
    if end is not None and end_s is not None and end > end_s + SLACK_S:
        yield f"a {what} ends at {end:g} s, after the call's end at {end_s:g} s"


def _refers(table: str, row: _Row, turns: Mapping[int, _Row]) -> Iterator[str]:
    """A row points at turns of its call, and quotes them to the letter."""
    for name in ("turn_index", "cue_turn_index"):
        if row.get(name) is not None and row[name] not in turns:
            yield f"{table}: {name} {row[name]} is no turn of the call"
            return
    if table != "evidence":
        return
    if row["quote"] not in turns[row["turn_index"]]["text"]:
        yield f"evidence: the quote {_shown(row['quote'])} is not what turn {row['turn_index']} says"
    cue = row.get("cue_turn_index")
    if row.get("cue_quote") is not None and (cue is None or row["cue_quote"] != turns[cue]["text"]):
        yield f"evidence: the cue {_shown(row['cue_quote'])} is not what turn {cue} says"


def _null_together(score: _Row) -> Iterator[str]:
    has_score = score.get("score") is not None
    if has_score != (score.get("level") is not None) or has_score != (score.get("abstained_reason") is None):
        yield (
            f"scores: {score['criterion_id']} has the score {score.get('score')}, the level {score.get('level')} and "
            f"the reason {score.get('abstained_reason')} for none"
        )


def _is_no_number(value: object) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value


def _shown(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
