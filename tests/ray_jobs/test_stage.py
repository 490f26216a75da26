"""Finished work that is no longer what was written counts as not done."""

from pathlib import Path

import pytest

from coachlake.conversations.transcript import Participant, Segment, Transcript
from ray_jobs.stage import Stage, load_transcript, save_transcript

TRANSCRIPT = Transcript(
    segments=(Segment("rep", 0.0, 2.0, "Hello, this is Ana."),), participants=(Participant("rep"),), format="text"
)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    stage = Stage(str(tmp_path))
    save_transcript(stage, "key", TRANSCRIPT)
    return stage


def _file(stage: Stage) -> Path:
    return Path(stage.path("transcripts", "key", "json"))


def test_what_was_written_is_found_again(stage: Stage) -> None:
    assert stage.exists("transcripts", "key", "json")
    assert load_transcript(stage, "key") == TRANSCRIPT


def test_one_changed_letter_makes_it_undone_and_doing_it_again_mends_it(stage: Stage) -> None:
    _file(stage).write_text(_file(stage).read_text().replace("Ana", "Ada"))
    assert not stage.exists("transcripts", "key", "json")
    save_transcript(stage, "key", TRANSCRIPT)
    assert stage.exists("transcripts", "key", "json")


def test_a_hash_whose_file_never_came_is_no_finished_work(stage: Stage) -> None:
    _file(stage).unlink()
    assert not stage.exists("transcripts", "key", "json")


def test_work_of_a_version_that_kept_no_hashes_is_not_done_again(stage: Stage) -> None:
    Path(f"{_file(stage)}.sha256").unlink()
    assert stage.exists("transcripts", "key", "json")
