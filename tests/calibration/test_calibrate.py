"""A calibration on a lake: figures, ceiling, mapping in force, disputes beside the machine's score."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from coachlake.calibration.calibrate import calibrate
from coachlake.calibration.choose import choose_calls, instructive_disagreements, next_calls
from coachlake.calibration.cut_points import CutPoints
from coachlake.calibration.in_force import describe_mappings, mappings_in_force
from coachlake.calibration.reviews import add_review, land_reviews, reviewed_scores
from coachlake.lake.connection import lake
from coachlake.lake.tables import HUMAN_REVIEWS, RAW_TABLES
from coachlake.lake.writer import replace_calls
from coachlake.rubrics.load import load_rubric
from coachlake.rubrics.schema import Rubric
from coachlake.settings import Settings
from tests.rubrics import RUBRIC

LEVELS = ("poor", "average", "good")
# What the desk's reviewers see as average and as good; the rubric says 33 and 67.
SEEN = CutPoints(60, 85)
NIGHT, NOON = date(2026, 5, 4), datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> dict[str, Rubric]:
    file = tmp_path / "desk.yaml"
    file.write_text(RUBRIC)
    return {"parcel_desk": load_rubric(file)}


@pytest.fixture
def settings(empty_settings: Settings, desk: dict[str, Rubric]) -> Settings:
    """60 calls scored on both criteria; none reviewed."""
    draw = np.random.default_rng(8)
    rows = [
        (f"call-{i:02d}", c.id, float(draw.uniform(0, 100))) for i in range(60) for c in desk["parcel_desk"].criteria
    ]
    of_rubric = {"rubric_id": "parcel_desk", "rubric_version": "1", "batch_date": NIGHT}
    calls = [
        {"call_id": name, "status": "scored", "source": "live", "started_at": NOON, **of_rubric}
        for name in sorted({name for name, _, _ in rows})
    ]
    scores = [
        {
            "score_id": f"{name}:{criterion}", "call_id": name, "criterion_id": criterion, "score": score,
            "level": desk["parcel_desk"].criterion(criterion).level_of(score), "confidence": 0.8, **of_rubric,
        }
        for name, criterion, score in rows
    ]  # fmt: skip
    evidence = [
        {
            "evidence_id": f"{name}:{criterion}", "score_id": f"{name}:{criterion}", "call_id": name,
            "criterion_id": criterion, "level": "poor", "quote": f"said in {name}", "start_s": 5.0, "confidence": 0.8,
            "batch_date": NIGHT,
        }
        for name, criterion, _ in rows
    ]  # fmt: skip
    replace_calls(empty_settings, {"calls": _table("calls", calls), "scores": _table("scores", scores),
                                   "evidence": _table("evidence", evidence)})  # fmt: skip
    return empty_settings


def _table(name: str, rows: list[dict[str, object]]) -> pa.Table:
    schema = RAW_TABLES[name]
    return pa.Table.from_pylist([{column: row.get(column) for column in schema.names} for row in rows], schema=schema)


def machine_scores(settings: Settings) -> list[tuple[str, float]]:
    with lake(settings, read_only=True) as connection:
        query = "SELECT call_id, score FROM lake.raw.scores WHERE criterion_id = 'empathy' ORDER BY call_id"
        return connection.execute(query).fetchall()


def review_empathy(settings: Settings, share_twice: float = 0.5, error: float = 0.1) -> None:
    draw = np.random.default_rng(9)
    rows = []
    for name, score in machine_scores(settings)[:40]:
        truth = int(SEEN.levels(np.array([score]))[0])
        for reviewer in ("ann", "bo")[: 2 if draw.random() < share_twice else 1]:
            off = int(draw.choice([-1, 1])) if draw.random() < error else 0
            rows.append(
                {
                    "review_id": f"{name}:{reviewer}", "call_id": name, "criterion_id": "empathy", "is_dispute": False,
                    "reviewer_id": reviewer, "level": LEVELS[min(2, max(0, truth + off))], "is_blind": True,
                    "reviewed_at": NOON,
                }
            )  # fmt: skip
    land_reviews(settings, _table("human_reviews", rows))


def test_calibration_measures_against_people_and_keeps_what_helps(settings: Settings, desk: dict[str, Rubric]) -> None:
    review_empathy(settings)
    [found] = calibrate(settings, desk)
    assert (found.rubric_id, found.criterion_id, found.machine.n) == ("parcel_desk", "empathy", 40)
    assert found.people is not None
    assert found.machine.weighted_kappa.value < found.people.weighted_kappa.value
    assert not found.is_at_ceiling
    assert found.machine.bias.low > 0, "the machine sees higher levels than people do"
    assert found.gain.is_kept
    assert found.cut_points.average_from == pytest.approx(SEEN.average_from, abs=7)
    with lake(settings, read_only=True) as connection:
        row = connection.execute("SELECT * FROM lake.raw.calibrations").to_arrow_table().to_pylist()
    assert len(row) == 1
    assert row[0]["unseen_weighted_kappa_after"] > row[0]["unseen_weighted_kappa_before"]


def test_same_reviews_give_the_same_calibration_once(settings: Settings, desk: dict[str, Rubric]) -> None:
    review_empathy(settings)
    assert repr(calibrate(settings, desk)) == repr(calibrate(settings, desk))
    with lake(settings, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM lake.raw.calibrations").fetchone() == (1,)


def test_mapping_is_in_force_only_where_applied_and_for_its_own_anchors(
    settings: Settings, desk: dict[str, Rubric]
) -> None:
    review_empathy(settings)
    calibrate(settings, desk)
    assert mappings_in_force(settings, desk) == {}
    [found] = calibrate(settings, desk, is_applied=True)
    mapping = mappings_in_force(settings, desk)["parcel_desk"]["empathy"]
    assert (mapping.average_from, mapping.good_from) == (found.cut_points.average_from, found.cut_points.good_from)
    assert describe_mappings({"empathy": mapping}) == f"empathy:{mapping.average_from:g}:{mapping.good_from:g}"
    rubric = desk["parcel_desk"]
    heavier = rubric.criteria[0].model_copy(update={"weight": 9.0})
    reworded = rubric.criteria[0].model_copy(update={"observes": "something else"})
    for criterion, is_kept in ((heavier, True), (reworded, False)):
        changed = {"parcel_desk": rubric.model_copy(update={"criteria": (criterion,)})}
        assert bool(mappings_in_force(settings, changed)) is is_kept


def test_machine_that_agrees_as_people_do_is_at_its_ceiling(settings: Settings, desk: dict[str, Rubric]) -> None:
    with lake(settings) as connection:
        connection.execute(
            "UPDATE lake.raw.scores SET level = CASE WHEN score >= 85 THEN 'good' WHEN score >= 60 THEN 'average' "
            "ELSE 'poor' END"
        )
    review_empathy(settings, share_twice=1.0, error=0.2)
    [found] = calibrate(settings, desk)
    assert found.is_at_ceiling
    assert found.labels_worth_collecting == 0
    assert "more reviews would tell nothing new" in found.says
    assert all("empathy" not in call.why for call in next_calls(settings, [found], desk, 5))


def test_dispute_stands_beside_both_scores_and_feeds_calibration(settings: Settings, desk: dict[str, Rubric]) -> None:
    name, score = next((n, s) for n, s in machine_scores(settings) if s > 90)
    before = machine_scores(settings)
    add_review(settings, call_id=name, criterion_id="empathy", reviewer_id="cy", level="average", is_blind=True)
    add_review(settings, call_id=name, criterion_id="empathy", reviewer_id="cy", level="poor", is_dispute=True,
               note="He never named the wedding.")  # fmt: skip
    assert machine_scores(settings) == before
    stored = {review.is_dispute: review for review in reviewed_scores(settings)}
    assert (stored[True].level, stored[True].machine_level, stored[True].machine_score) == ("poor", "good", score)
    assert stored[False].level == "average"
    assert [review.is_dispute for review in instructive_disagreements(list(stored.values()))] == [True, False]
    assert stored[True].quote == f"said in {name}"
    [found] = calibrate(settings, desk)
    assert (found.n_disputes, found.n_reviews, found.machine.n) == (1, 2, 1)


def test_review_that_cannot_be_right_is_refused(settings: Settings) -> None:
    good = {"call_id": "call-00", "criterion_id": "empathy", "reviewer_id": "cy", "level": "poor"}
    for wrong, error in (
        ({"is_dispute": True, "note": " "}, ValueError),
        ({"score": 101.0}, ValueError),
        ({"criterion_id": "charm"}, KeyError),
        ({"call_id": "call-99"}, KeyError),
    ):
        with pytest.raises(error):
            add_review(settings, **(good | wrong))  # type: ignore[arg-type]
    assert reviewed_scores(settings) == []


def test_review_file_that_comes_by_again_does_not_undo_what_was_said_since(settings: Settings) -> None:
    review_id = "call-00:empathy:cy"
    row = {"review_id": review_id, "call_id": "call-00", "criterion_id": "empathy", "reviewer_id": "cy",
           "level": "poor", "is_dispute": False, "is_blind": True, "reviewed_at": NOON}  # fmt: skip
    file = _table("human_reviews", [row])
    assert land_reviews(settings, file) == 1
    later = NOON + timedelta(days=1)
    assert review_id == add_review(settings, call_id="call-00", criterion_id="empathy", reviewer_id="cy",
                                   level="good", reviewed_at=later)  # fmt: skip
    assert land_reviews(settings, file) == 0
    assert [review.level for review in reviewed_scores(settings)] == ["good"]
    assert file.schema == HUMAN_REVIEWS


def test_next_calls_are_those_near_a_cut_point_and_unreviewed(settings: Settings, desk: dict[str, Rubric]) -> None:
    review_empathy(settings)
    reviewed = {review.call_id for review in reviewed_scores(settings)}
    found = [replace(item, labels_worth_collecting=10) for item in calibrate(settings, desk)]
    chosen = next_calls(settings, found, {"parcel_desk": desk["parcel_desk"]}, 6)
    assert len({call.call_id for call in chosen}) == 6
    assert chosen[0].call_id not in reviewed
    assert choose_calls([], found, desk, 6) == []
    worths = [call.worth for call in chosen]
    assert worths[0] == max(worths)
    assert [call.why == "drawn by lot" for call in chosen] == [False] * 4 + [True, False]
