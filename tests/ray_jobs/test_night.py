"""The night through Ray: killed and started again, changed rubric, withdrawn and failing calls."""

import json
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coachlake.lake.strikes import strike, strikes
from coachlake.landing.night_folder import read_night
from coachlake.models.upkeep.fetch import fetch
from coachlake.models.weights import WeightsError
from coachlake.rubrics.load import load_rubrics
from coachlake.scoring.evidence import Struck
from coachlake.settings import REPOSITORY, Settings
from ray_jobs.night import run_nights
from ray_jobs.requirements import DeviceMissingError
from tests.models.hub import change_a_byte, served
from tests.reading import rows

NIGHT = date(2026, 11, 20)
CALLS = 12
_LINES = [
    ("rep", "Harbour Insurance, this is Ana, how can I help?"),
    ("customer", "A pipe burst under our sink last night and the whole kitchen floor has come up."),
    ("rep", "So the pipe went last night and the kitchen floor is ruined, is that right?"),
    ("customer", "Yes, and my mother is here on oxygen, I am frightened she will slip."),
    ("rep", "I am sorry to hear that. I have booked the assessor for Tuesday at nine."),
    ("customer", "Thank you."),
]


@pytest.fixture
def landed(empty_settings: Settings) -> Settings:
    """A night of transcripts, each a little different, and one that is no transcript."""
    folder = Path(empty_settings.landing) / NIGHT.isoformat()
    folder.mkdir(parents=True)
    rows = ["call_id,file,rep_id,team_id,queue,started_at,channel_layout,rubric_id"]
    for number in range(CALLS):
        turns = [
            {"speaker": who, "text": f"{text} This is about file {number}.", "start_s": 6.0 * i, "end_s": 6.0 * i + 5}
            for i, (who, text) in enumerate(_LINES)
        ]
        document = {"format": "coachlake.transcript/1", "duration_s": 40.0, "turns": turns}
        (folder / f"c{number}.json").write_text(json.dumps(document), encoding="utf-8")
        rows.append(f"c{number},c{number}.json,r1,t1,claims,2026-11-20T10:00:00Z,transcript,insurance_service")
    (folder / "broken.json").write_text('{"format": "nothing we know"}', encoding="utf-8")
    rows.append("broken,broken.json,r1,t1,claims,2026-11-20T10:00:00Z,transcript,insurance_service")
    (folder / "calls.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return empty_settings


def _run(settings: Settings) -> Any:
    rubrics = load_rubrics(settings.rubrics, settings.home / "last_good").rubrics
    (result,) = run_nights(settings, [read_night(settings, NIGHT)], rubrics)
    return result


def test_a_killed_run_finishes_when_started_again_with_no_row_twice_and_none_lost(landed: Settings) -> None:
    code = """
import os, signal
from datetime import date
from coachlake.landing.night_folder import read_night
from ray_jobs.night import run_nights
from coachlake.settings import load_settings
from coachlake.rubrics.load import load_rubrics

def die_in_the_middle(done, total):
    if done == 4:
        os.kill(os.getpid(), signal.SIGKILL)

settings = load_settings()
rubrics = load_rubrics(settings.rubrics, settings.home / "last_good").rubrics
run_nights(settings, [read_night(settings, date(2026, 11, 20))], rubrics, die_in_the_middle)
"""
    killed = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert rows(landed, "SELECT count(*) FROM lake.raw.calls") == [(0,)]
    staged = len(list(Path(landed.staging, "scored").rglob("*.parquet")))
    assert staged >= 4

    result = _run(landed)
    assert result.landed == result.processed == CALLS + 1
    counted = "SELECT count(*), count(DISTINCT call_id), count(*) FILTER (WHERE status = 'scored') FROM lake.raw.calls"
    assert rows(landed, counted) == [(CALLS + 1, CALLS + 1, CALLS)]
    per_turn = "SELECT max(n) FROM (SELECT count(*) AS n FROM lake.raw.turns GROUP BY call_id, turn_index)"
    assert rows(landed, per_turn) == [(1,)]
    ((reason,),) = rows(landed, "SELECT reason FROM lake.raw.calls WHERE status = 'quarantined'")
    assert "transcript" in reason

    again = _run(landed)
    assert (again.processed, again.withdrawn, again.timings) == (0, 0, ())


_STAGES = "SELECT stage FROM lake.raw.stage_timings WHERE call_id = '{}' ORDER BY ALL"


def test_each_call_lands_with_what_its_stages_took(landed: Settings) -> None:
    result = _run(landed)
    stages = {stage for (stage,) in rows(landed, _STAGES.format("c1"))}
    assert stages == {
        "wait_to_hear", "read_transcript", "redact", "other_hearing", "wait_to_judge", "admit", "decide_roles",
        "find_signals", "score", "other_judging",
    }  # fmt: skip
    waits = "SELECT DISTINCT stage LIKE 'wait_%', cpu_s IS NULL, gpu_s IS NULL FROM lake.raw.stage_timings ORDER BY ALL"
    assert rows(landed, waits) == [(False, False, True), (True, True, True)]
    refused = {stage for (stage,) in rows(landed, _STAGES.format("broken"))}
    assert refused == {"wait_to_hear", "read_transcript", "other_hearing", "wait_to_judge", "other_judging"}
    assert len(result.timings) == rows(landed, "SELECT count(*) FROM lake.raw.stage_timings")[0][0]


def test_a_struck_moment_moves_its_score_with_the_next_run_until_it_counts_again(landed: Settings) -> None:
    _run(landed)
    evidence = "SELECT criterion_id, turn_index, quote FROM lake.raw.evidence WHERE call_id = 'c3'"
    asked = "SELECT criterion_id, score, opportunity_count FROM lake.raw.scores WHERE call_id = 'c3' ORDER BY 1"
    before, shown = rows(landed, asked), [Struck(*row) for row in rows(landed, evidence)]
    moment = next(one for one in shown if one.criterion_id == "empathy")

    strike(landed, "c3", moment, why="The customer did not mean it so", struck_by="Mia")
    assert _run(landed).processed == 1
    after = rows(landed, asked)
    assert [row for row in after if row[0] != "empathy"] == [row for row in before if row[0] != "empathy"]
    count = {name: n for name, _, n in before}["empathy"]
    assert {name: n for name, _, n in after}["empathy"] == count - 1
    assert moment not in [Struck(*row) for row in rows(landed, evidence)]

    strike(landed, "c3", moment, why="", struck_by="Mia", is_struck=False)
    assert strikes(landed).of("c3") == []
    assert _run(landed).processed == 1
    assert rows(landed, asked) == before


def test_a_new_rubric_scores_again_without_transcribing_and_a_withdrawn_call_leaves(landed: Settings) -> None:
    _run(landed)
    transcripts = {path: path.stat().st_mtime_ns for path in Path(landed.staging, "transcripts").rglob("*.json")}
    ids = "SELECT DISTINCT rubric_version FROM lake.raw.scores"
    assert rows(landed, ids) == [("1",)]

    taken = "SELECT stage, measured_at FROM lake.raw.stage_timings WHERE call_id = 'c1'"
    first = dict(rows(landed, taken))
    rubrics = landed.home / "rubrics"
    shutil.copytree(landed.rubrics, rubrics)
    text = (rubrics / "insurance_service.yaml").read_text(encoding="utf-8").replace('version: "1"', 'version: "2"', 1)
    (rubrics / "insurance_service.yaml").write_text(text, encoding="utf-8")
    facts = Path(landed.landing) / NIGHT.isoformat() / "calls.csv"
    facts.write_text(
        "\n".join(line for line in facts.read_text(encoding="utf-8").splitlines() if not line.startswith("c0,")) + "\n",
        encoding="utf-8",
    )
    for file in facts.parent.glob("c0.*"):
        file.unlink()  # a file that no row names is a call without facts, not a call withdrawn
    result = _run(replace(landed, rubrics=rubrics))
    assert (result.landed, result.processed, result.withdrawn) == (CALLS, CALLS, 1)
    assert rows(landed, ids) == [("2",)]
    assert rows(landed, "SELECT count(*) FROM lake.raw.turns WHERE call_id = 'c0'") == [(0,)]
    assert rows(landed, _STAGES.format("c0")) == []
    then = dict(rows(landed, taken))
    assert then.keys() == first.keys()
    # Judged again, not read again: what reading took stays as it was measured, and is none of this run's (the file that
    # is no transcript is tried again).
    assert {stage for stage in first if then[stage] == first[stage]} == {
        "wait_to_hear", "read_transcript", "redact", "other_hearing",
    }  # fmt: skip
    assert [timing.stage for timing in result.timings].count("read_transcript") == 1
    assert [timing.stage for timing in result.timings].count("score") == CALLS - 1
    assert {
        path: path.stat().st_mtime_ns for path in Path(landed.staging, "transcripts").rglob("*.json")
    } == transcripts


def test_a_profile_whose_device_the_cluster_lacks_ends_the_night_before_its_first_call(landed: Settings) -> None:
    with pytest.raises(DeviceMissingError, match="profile gpu runs on cuda and Ray finds no GPU"):
        _run(replace(landed, model_profile="gpu"))
    assert not list((Path(landed.staging) / "transcripts").rglob("*.json"))


def test_missing_or_changed_models_end_the_night_before_its_first_call(
    landed: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACHLAKE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    settings = replace(landed, model_profile="turbo")
    with pytest.raises(WeightsError, match=r"large-v3-turbo has not been fetched to .* run coachlake models fetch"):
        _run(settings)
    with served() as hub:
        fetch("large-v3-turbo", hub.endpoint)
    vocabulary = next((tmp_path / "models").rglob("vocabulary.txt"))
    change_a_byte(vocabulary)
    with pytest.raises(WeightsError, match=r"vocabulary\.txt is not the file that was fetched"):
        _run(settings)
    assert not list((Path(settings.staging) / "transcripts").rglob("*.json"))
    change_a_byte(vocabulary)
    assert _run(settings).processed == CALLS + 1
