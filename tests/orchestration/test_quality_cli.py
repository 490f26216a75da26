"""`coachlake rubric` and `coachlake calibrate` as people use them, on the processed demonstration."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coachlake.cli.app import app
from coachlake.lake.connection import lake
from coachlake.lake.publish import current_snapshot
from coachlake.lake.stored_calls import newest_calls, stored_calls
from coachlake.settings import Settings
from tests.reading import one
from tests.rubrics import RUBRIC


def coachlake(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def snapshot(settings: Settings) -> int:
    with lake(settings, read_only=True) as connection:
        return current_snapshot(connection)


def test_check_tells_errors_advice_and_good_files_apart(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(RUBRIC)
    assert coachlake("rubric", "check", str(tmp_path)).exit_code == 0
    (tmp_path / "vague.yaml").write_text(RUBRIC.replace("Names the day or time of delivery.", "Is professional."))
    advised = coachlake("rubric", "check", str(tmp_path))
    assert (advised.exit_code, "advice vague.yaml, line 38" in advised.output) == (0, True), advised.output
    assert coachlake("rubric", "check", "--strict", str(tmp_path)).exit_code == 1
    (tmp_path / "broken.yaml").write_text(RUBRIC.replace("weight: 2", "weight: two"))
    broken = coachlake("rubric", "check", str(tmp_path))
    assert broken.exit_code == 1
    assert "error  broken.yaml, line 10: empathy weight: this is no number" in broken.output
    assert "good   good.yaml" in broken.output
    assert coachlake("rubric", "check", str(tmp_path / "none.yaml")).exit_code == 2


def test_try_shows_what_would_change_and_writes_nothing(demo_settings: Settings, tmp_path: Path) -> None:
    os.environ["COACHLAKE_HOME"] = str(demo_settings.home)
    before = snapshot(demo_settings)
    text = (demo_settings.rubrics / "insurance_service.yaml").read_text()
    file = tmp_path / "insurance.yaml"
    file.write_text(text)
    [call_id] = newest_calls(demo_settings, "insurance_service", 1)
    same = coachlake("rubric", "try", str(file), "--call", call_id)
    assert same.exit_code == 0, same.output
    assert "Nothing would change" in same.output
    file.write_text(text.replace("is_really: poor", "is_really: good").replace("I'm sorry to hear that.", "No way."))
    changed = coachlake("rubric", "try", str(file), "--last", "5")
    assert changed.exit_code == 0, changed.output
    assert "→" in changed.output
    assert "In sum" in changed.output
    assert snapshot(demo_settings) == before
    assert coachlake("rubric", "try", str(file), "--call", "no-such-call").exit_code == 2


def test_stored_call_is_the_conversation_that_was_judged(demo_settings: Settings) -> None:
    [call_id] = newest_calls(demo_settings, "technical_support", 1)
    [call] = stored_calls(demo_settings, [call_id])
    with lake(demo_settings, read_only=True) as connection:
        quotes = connection.execute("SELECT turn_index, quote FROM lake.raw.evidence WHERE call_id = ?", [call_id])
        for turn_index, quote in quotes.fetchall():
            assert quote in call.dialogue.turns[turn_index].text
    assert any(signal.kind == "question" for signal in call.signals)
    with pytest.raises(KeyError, match="no-such-call"):
        stored_calls(demo_settings, ["no-such-call"])


def test_calibrate_measures_names_disagreements_and_the_next_calls(demo_copy: Settings, tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    done = coachlake("calibrate", "--next", "4", "--json", str(file))
    assert done.exit_code == 0, done.output
    found = json.loads(file.read_text())
    assert len({(c["rubric_id"], c["criterion_id"]) for c in found["criteria"]}) == len(found["criteria"]) > 15
    assert len(found["next"]) == 4
    # Nobody is asked again for what they have judged: a call reviewed in part may come up for its other criteria.
    reviewed = {(review["call_id"], review["criterion_id"]) for review in found["disagreements"]}
    asked = {(call["call_id"], reason.split(" (")[0]) for call in found["next"] for reason in call["why"].split("), ")}
    assert asked
    assert not reviewed & asked
    assert all(review["level"] != review["machine_level"] for review in found["disagreements"])
    assert ".58" in done.output
    published = one(demo_copy, "SELECT count(*) FROM lake.published.calibrations")
    assert published == len(found["criteria"]), "the night had calibrated already"
