"""The night end to end, on the real parts: what was put in comes out, and running it again changes nothing."""

from orchestration.cli.demo import gold_folder
from orchestration.demo.compare import compare
from ray_jobs.settings import Settings


def test_pipeline_finds_what_the_demonstration_put_in(demo_settings: Settings) -> None:
    found = compare(demo_settings, gold_folder(demo_settings))
    assert found.scored == 64
    assert found.quarantine_reasons_right == found.quarantined == 6
    assert found.word_error_rate is not None
    assert found.word_error_rate < 0.2
