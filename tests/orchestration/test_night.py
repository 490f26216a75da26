"""The night end to end, on the real parts: what was put in comes out, and running it again changes nothing."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from coachlake.cli.demo import gold_folder
from coachlake.cli.run import run_nightly
from coachlake.lake.connection import lake
from coachlake.landing.night_folder import landed_nights, read_night
from coachlake.settings import Settings
from demonstration.compare import compare
from demonstration.write import write_demo
from tests.reading import rows

NIGHT = date(2026, 11, 23)


def test_pipeline_finds_what_the_demonstration_put_in(demo_settings: Settings) -> None:
    found = compare(demo_settings, gold_folder(demo_settings))
    assert found.scored == 64
    assert found.quarantine_reasons_right == found.quarantined == 6
    assert found.word_error_rate is not None
    assert found.word_error_rate < 0.2
    heard = found.two_channels
    assert heard.calls >= 2
    assert heard.speaker_accuracy_by_word is not None
    assert heard.speaker_accuracy_by_word > 0.98
    assert heard.interruptions_found <= heard.interruptions_planted


def test_every_landed_call_is_published_once(demo_settings: Settings) -> None:
    landed = {
        call.facts.call_id for night in landed_nights(demo_settings) for call in read_night(demo_settings, night).calls
    }
    published = [call_id for (call_id,) in rows(demo_settings, "SELECT call_id FROM lake.published.calls")]
    assert sorted(published) == sorted(landed)


def test_what_the_stages_of_recordings_took_is_published(demo_settings: Settings) -> None:
    took = "SELECT stage, call_count, cpu_s > 0 FROM lake.published.nightly_stages WHERE batch_date = DATE '{}'"
    found = {stage: (calls, is_cpu) for stage, calls, is_cpu in rows(demo_settings, took.format(NIGHT))}
    for stage in ("decode", "separate_channels", "detect_speech", "recognise", "diarize", "measure_voice", "score"):
        assert found[stage][0] >= 1, stage
        assert found[stage][1], stage
    assert found["wait_to_hear"][1] is None


def test_running_the_night_again_redoes_nothing(demo_copy: Settings) -> None:
    query = "SELECT call_id, work_key, processed_at FROM lake.raw.calls ORDER BY ALL"
    counts = "SELECT count(*) FROM lake.marts.call_scores UNION ALL SELECT count(*) FROM lake.marts.rep_weekly_scores"
    before, counted = rows(demo_copy, query), rows(demo_copy, counts)
    assert run_nightly(demo_copy, NIGHT, NIGHT)
    assert rows(demo_copy, query) == before
    assert rows(demo_copy, counts) == counted


def test_failed_blocking_check_keeps_the_night_from_being_published(demo_copy: Settings) -> None:
    snapshot = "SELECT count(*), sum(score) FROM lake.published.call_scores"
    before = rows(demo_copy, snapshot)
    with lake(demo_copy) as connection:
        connection.execute(f"UPDATE lake.raw.evidence SET quote = 'never said' WHERE batch_date = DATE '{NIGHT}'")
        connection.execute(f"UPDATE lake.raw.scores SET score = 1 WHERE batch_date = DATE '{NIGHT}'")
    assert not run_nightly(demo_copy, NIGHT, NIGHT)
    assert rows(demo_copy, snapshot) == before
    failed = "SELECT expectation FROM lake.raw.check_results WHERE NOT is_success AND is_blocking"
    assert ("evidence__is_quote_verbatim__be_in_set",) in rows(demo_copy, failed)


@pytest.mark.parametrize("as_one_run", [True, False])
def test_backfill_as_one_run_or_many_gives_the_same_lake(empty_settings: Settings, as_one_run: bool) -> None:
    write_demo(Path(empty_settings.landing), gold_folder(empty_settings), NIGHT, history_calls=12, spoken_calls=0)
    nights = landed_nights(empty_settings)
    first = nights[0]
    # The outcomes of a night are in the folder of the day they arrived.
    last = nights[-1] if as_one_run else first + timedelta(days=2)
    if as_one_run:
        assert run_nightly(empty_settings, first, last)
    else:
        for night in (night for night in nights if night <= last):
            assert run_nightly(empty_settings, night, night)
    landed = sum(len(read_night(empty_settings, night).calls) for night in nights if night <= last)
    assert rows(empty_settings, "SELECT count(*), count(DISTINCT call_id) FROM lake.published.calls") == [
        (landed, landed)
    ]
