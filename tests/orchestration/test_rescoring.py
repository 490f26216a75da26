"""A changed rubric goes over the whole history as one backfill, and what was scored before can still be read."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coachlake.cli.run import run_nightly
from coachlake.lake.connection import lake
from coachlake.lake.publish import current_snapshot
from coachlake.landing.night_folder import landed_nights
from coachlake.rubrics.in_force import rubrics_in_force
from coachlake.settings import Settings, load_settings
from tests.reading import rows

DATED = """          - I'll call you back on Wednesday before noon with the adjuster's answer.
          - You'll have the letter by the fifteenth of May.
          - The plumber comes tomorrow between eight and ten.
          - The money is in your account by Friday.
          - I'll have an answer for you tomorrow morning.
          - Expect the refund on Tuesday.
          - We'll be at your door on the twelfth at ten.
"""
# A team that wants no dates: what named one is what leaves it open, and the other way round.
WARY = """          - Just keep an eye on your email.
          - You can always call us again.
          - We'll see what they say.
          - Try us again some other time.
          - It'll turn up sooner or later.
"""
SCORES = "SELECT score_id, score, level, rubric_sha256 FROM lake.raw.scores {} ORDER BY ALL"
CALLS = "SELECT call_id, processed_at FROM lake.raw.calls WHERE rubric_id {} 'insurance_service' ORDER BY ALL"
DATES = """
    SELECT avg(score) FROM lake.raw.scores {} WHERE criterion_id = 'commitment_date'
    AND call_id IN (SELECT call_id FROM lake.raw.turns WHERE speaker = 'rep' AND text LIKE '%day before noon%')
"""


def staged(settings: Settings) -> dict[str, tuple[int, int]]:
    """Transcripts and embeddings in the stage, with size and time written."""
    files = [
        p for kind in ("transcripts", "embeddings") for p in Path(settings.staging, kind).rglob("*") if p.is_file()
    ]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def own_rubrics(demo_copy: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The processed demonstration, with the shipped rubrics in a folder of the team's own."""
    shutil.copytree(demo_copy.rubrics, tmp_path / "rubrics")
    monkeypatch.setenv("COACHLAKE_RUBRICS", str(tmp_path / "rubrics"))
    monkeypatch.setenv("COACHLAKE_MODEL_PROFILE", "fast")
    return load_settings()


def test_new_rubric_is_one_backfill_over_kept_transcripts_and_old_scores_stay(own_rubrics: Settings) -> None:
    settings, file = own_rubrics, own_rubrics.rubrics / "insurance_service.yaml"
    text, nights = file.read_text(), landed_nights(own_rubrics)
    assert DATED in text
    assert WARY in text
    before, dated_before, listened = (
        rows(settings, SCORES.format("")),
        rows(settings, DATES.format("")),
        staged(settings),
    )
    others, own = rows(settings, CALLS.format("!=")), rows(settings, CALLS.format("="))
    with lake(settings, read_only=True) as connection:
        version, moment = current_snapshot(connection), datetime.now(UTC)

    file.write_text(text.replace(DATED, "SWAP").replace(WARY, DATED).replace("SWAP", WARY))
    file.with_name("outbound_sales.yaml").write_text("id: outbound_sales\nversion: 3\n")
    assert run_nightly(settings, nights[0], nights[-1]), "a malformed rubric never stops a night"

    assert staged(settings) == listened, "nothing was transcribed or embedded again"
    assert rows(settings, CALLS.format("!=")) == others, "others were left alone, one on its last good version"
    assert not set(rows(settings, CALLS.format("="))) & set(own), "every call of the line was judged again"
    assert rows(settings, DATES.format(""))[0][0] < dated_before[0][0] - 40
    for then in (f"AT (VERSION => {version})", f"AT (TIMESTAMP => TIMESTAMPTZ '{moment.isoformat()}')"):
        assert rows(settings, SCORES.format(then)) == before
    scored_by = (
        "SELECT DISTINCT rubric_sha256 FROM lake.raw.calls WHERE rubric_id = 'insurance_service' AND status = 'scored'"
    )
    in_force, problems = rubrics_in_force(settings)
    assert rows(settings, scored_by) == [(in_force["insurance_service"].sha256,)]
    assert any("outbound_sales.yaml, line 2: version" in problem for problem in problems)
