"""`coachlake eval` on small sets written here in the layout of the published ones."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coachlake.cli.app import app
from evaluation.run import run_tasks
from evaluation.sets import annomi, swda

_COLUMNS = (
    "mi_quality,transcript_id,interlocutor,utterance_id,utterance_text,annotator_id,"
    "question_exists,question_subtype,reflection_exists,reflection_subtype"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        "high,1,client,0,The stairs are getting hard for me.,9,n/a,n/a,n/a,n/a",
        "high,1,therapist,1,How do you manage them now?,9,True,open,False,n/a",
        "high,1,therapist,1,How do you manage them now?,8,True,open,False,n/a",
        "high,1,therapist,1,How do you manage them now?,7,True,closed,False,n/a",
        "high,1,client,2,Slowly.,9,n/a,n/a,n/a,n/a",
        "high,1,therapist,3,So you take your time on the stairs.,9,False,n/a,True,simple",
        "low,2,client,0,I smoke.,9,n/a,n/a,n/a,n/a",
        "low,2,therapist,1,Do you want to stop?,9,True,closed,False,n/a",
        "low,2,client,2,Mm-hmm.,9,n/a,n/a,n/a,n/a",
        "low,2,therapist,3,It is bad for you.,9,False,n/a,False,n/a",
    ]
    (tmp_path / "annomi").mkdir()
    (tmp_path / "annomi" / "AnnoMI-full.csv").write_text("\n".join([_COLUMNS, *rows]), encoding="utf-8")
    lines = ["# 1", "A|How do you like it there?|qo", "B|It is nice.|sd", "A|Uh-huh.|b", "B|Do you ski?|qy", "A|No.|nn"]
    (tmp_path / "swda_dev.txt").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_the_majority_of_annotators_labels_an_utterance(folder: Path) -> None:
    asked = next(u for u in annomi.utterances(folder) if u.text.startswith("How do you manage"))
    assert (asked.majority("question_subtype"), asked.cue) == ("open", "The stairs are getting hard for me.")


def test_a_backchannel_does_not_replace_what_is_being_answered(folder: Path) -> None:
    last = annomi.utterances(folder)[-1]
    assert (last.text, last.cue) == ("It is bad for you.", "I smoke.")


def test_an_act_answers_what_the_other_party_last_said(folder: Path) -> None:
    assert [(a.speaker, a.cue) for a in swda.acts(folder)][1] == ("B", "How do you like it there?")


def test_tasks_with_data_are_measured_and_those_without_are_named(folder: Path) -> None:
    results = {r.task: r for r in run_tasks(folder, ["open_closed", "question_form", "explorations"])}
    assert (results["open_closed"].n, results["open_closed"].macro_f1) == (2, 1.0)
    assert results["question_form"].per_class["open"].n == 1
    assert (results["explorations"].n, results["explorations"].macro_f1) == (0, None)
    assert "epitome/explorations" in results["explorations"].note


def test_another_half_of_a_set_is_found_and_a_task_that_fails_loses_no_other(folder: Path) -> None:
    (folder / "swda_dev.txt").rename(folder / "swda_test.txt")
    (folder / "epitome").mkdir()
    (folder / "epitome" / "explorations-reddit.csv").write_text("something,else\n1,2\n", encoding="utf-8")
    (folder / "primock57").mkdir()
    (folder / "primock57" / "day9_consultation01_doctor.TextGrid").touch()
    (folder / "audio" / "pyannote").mkdir(parents=True)
    results = {r.task: r for r in run_tasks(folder, ["explorations", "interruption", "diarization", "question_form"])}
    assert results["question_form"].n == 2
    assert results["explorations"].note.startswith("failed: AttributeError")
    assert "carries the labels" in results["interruption"].note
    assert "carries the labels" in results["diarization"].note


def test_the_command_prints_a_table_and_writes_json(folder: Path, tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    done = CliRunner().invoke(
        app, ["eval", str(folder), "--only", "question_form", "--only", "own_escalation", "--json", str(written)]
    )
    assert done.exit_code == 0, done.output
    documents = json.loads(written.read_text(encoding="utf-8"))
    assert [d["task"] for d in documents] == ["question_form", "own_escalation"]
    assert all({"chance", "keywords"} <= d["baselines"].keys() for d in documents)
    assert documents[1]["references"]
    assert "question_form" in done.output


def test_an_unknown_task_is_refused_with_the_names_there_are(folder: Path) -> None:
    done = CliRunner().invoke(app, ["eval", str(folder), "--only", "sarcasm"])
    assert done.exit_code == 2
    assert "open_closed" in done.output
