"""The gate refuses what the checks on tables would, with the value seen; and every good call passes it."""

import math
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest

from coachlake.conversations.conversation import Conversation, Turn, Voice
from coachlake.lake.gate import mended, why_refused
from coachlake.lake.rows import CallFacts, Rows, quarantined_rows, scored_rows, to_tables
from coachlake.scoring.evidence import Evidence, Score, ScoreCard
from coachlake.signals.signal import Signal

_FACTS = CallFacts("c1", "r1", "t1", datetime(2026, 11, 20, 9, tzinfo=UTC), date(2026, 11, 20), "service")
_TURNS = (
    Turn(0, "customer", 0.5, 3.0, "My roof is gone.", voice=Voice(pitch_hz=180.0)),
    Turn(1, "rep", 3.2, 6.0, "I am sorry about your roof. I send help today."),
)


def _rows() -> Rows:
    moment = Evidence(
        "empathy", "good", 1, "I am sorry about your roof.", 3.2, 4.8, 0, "My roof is gone.", 0.5, "w", 0.9
    )
    card = ScoreCard(
        "service", "1", "sha", "models", 80.0,
        (Score("empathy", 80.0, "good", 0.9, 1), Score("probing", None, None, 0.0, 0, "no_opportunity")),
        (moment,),
    )  # fmt: skip
    signals = [Signal("empathy", "good", 1.0, 0.9, 1, 3.2, 4.8, "I am sorry about your roof.", 0, "opening")]
    return scored_rows(_FACTS, Conversation("c1", _TURNS, 7.0), signals, card, "v")


def test_a_good_call_passes_and_so_does_one_that_was_refused() -> None:
    assert why_refused(mended(_rows())) is None
    assert why_refused(quarantined_rows(_FACTS, "the file is empty", "v")) is None


def _set(table: str, index: int, **values: Any) -> Callable[[Rows], None]:
    return lambda rows: rows[table][index].update(values)


def _again(table: str) -> Callable[[Rows], None]:
    return lambda rows: rows[table].append(dict(rows[table][0]))


_WRONG: dict[str, tuple[Callable[[Rows], None], str]] = {
    "no rep": (_set("calls", 0, rep_id=None), "rep_id is missing"),
    "blank rep": (_set("calls", 0, rep_id=""), "rep_id is missing"),
    "no start": (_set("calls", 0, started_at=None), "needs started_at"),
    "start of 2019": (_set("calls", 0, started_at=datetime(2019, 1, 1, tzinfo=UTC)), "2019-01-01"),
    "start to come": (_set("calls", 0, started_at=datetime(2999, 1, 1, tzinfo=UTC)), "2999-01-01"),
    "duration NaN": (_set("calls", 0, duration_s=math.nan), "duration_s is nan"),
    "duration under 0": (_set("calls", 0, duration_s=-1.0), "duration_s is -1"),
    "overall 101": (_set("calls", 0, overall_score=101.0), "overall_score is 101"),
    "status unknown": (_set("calls", 0, status="done"), "status is 'done'"),
    "scored with a reason": (_set("calls", 0, reason="because"), "'because'"),
    "untraceable": (_set("calls", 0, model_fingerprint=None), "model_fingerprint"),
    "understood 1.2": (_set("calls", 0, understood_share=1.2), "understood_share is 1.2"),
    "turn before 0": (_set("turns", 0, start_s=-2.0), "starts at -2 s"),
    "turn reversed": (_set("turns", 1, end_s=1.0), "ends at 1 s, before it starts at 3.2 s"),
    "turn after the end": (_set("turns", 1, end_s=99.0), "after the call's end at 7 s"),
    "turn at infinity": (_set("turns", 1, end_s=math.inf), "end_s is inf"),
    "turn of nobody": (_set("turns", 0, speaker="boss"), "speaker is 'boss'"),
    "turn twice": (_again("turns"), "0 is there 2 times"),
    "text of NUL": (_set("turns", 0, text="a\0"), "no text"),
    "half a sign": (_set("turns", 0, text="a\ud800"), "no text"),
    "word time NaN": (
        _set("turns", 1, words=[{"text": "a", "start_s": math.nan, "end_s": 1.0, "probability": None}]), "word's time"),
    "signal twice": (_again("signals"), "2 times"),
    "signal of no turn": (_set("signals", 0, turn_index=9), "turn_index 9 is no turn"),
    "signal value NaN": (_set("signals", 0, value=math.nan), "value is nan"),
    "signal confidence 2": (_set("signals", 0, confidence=2.0), "confidence is 2"),
    "score 101": (_set("scores", 0, score=101.0), "score is 101"),
    "score NaN": (_set("scores", 0, score=math.nan), "score is nan"),
    "level unknown": (_set("scores", 0, level="great"), "level is 'great'"),
    "score without level": (_set("scores", 0, level=None), "the level None"),
    "none without reason": (_set("scores", 1, abstained_reason=None), "the reason None"),
    "criterion twice": (_again("scores"), "2 times"),
    "quote not said": (_set("evidence", 0, quote="never said"), "never said"),
    "cue not said": (_set("evidence", 0, cue_quote="never said"), "never said"),
    "moment after the end": (_set("evidence", 0, end_s=99.0), "ends at 99 s"),
    "moment of no score": (_set("evidence", 0, score_id="c1:other"), "no score of the call"),
    "moment of no turn": (_set("evidence", 0, turn_index=9), "turn_index 9"),
}  # fmt: skip


@pytest.mark.parametrize("name", _WRONG)
def test_what_a_table_check_would_refuse_is_refused_for_the_call(name: str) -> None:
    change, says = _WRONG[name]
    rows = deepcopy(_rows())
    change(rows)
    assert says in (why_refused(mended(rows)) or "")


def test_a_measure_of_the_voice_that_is_no_number_is_none() -> None:
    rows = _rows()
    rows["turns"][0]["pitch_hz"] = math.nan
    assert why_refused(rows) is not None
    whole = mended(rows)
    assert why_refused(whole) is None
    assert to_tables(whole)["turns"].column("pitch_hz").to_pylist() == [None, None]
