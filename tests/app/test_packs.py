"""Packs: what is in them, that text is safe in them, and that the weekly asset writes them."""

from datetime import date
from pathlib import Path

import dagster as dg

from coachlake.lake.connection import lake
from coachlake.packs.content import Agreed, Moment, Pack, Point, read_packs
from coachlake.packs.page import pack_document, plot
from coachlake.packs.pdf import pack_pdf
from coachlake.settings import Settings


def _pack() -> Pack:
    moment = Moment(
        "c1", "Empathy", "poor", 67.4, "Policy <number>?", "My café flooded & I’m scared – “again”", "Goes to data.",
        "https://app.example/call?call=c1&t=67.4",
    )  # fmt: skip
    return Pack(
        rep_id="r1", rep_name="Zoë Żak", team_id="harbour", cadence="weekly", start_on=date(2026, 11, 16),
        end_on=date(2026, 11, 22), call_count=1, mean=55.0, low=None, high=None, change=-9.1, priority_reason="Why.",
        moments=(moment,), strength=None,
        trend=(
            Point(date(2026, 11, 2), 60.0, 3), Point(date(2026, 11, 9), None, 0),
            Point(date(2026, 11, 16), 55.0, 1),
        ),
        practice=(Agreed("empathy", "flooded_kitchen", date(2026, 11, 30), "open", 1),),
    )  # fmt: skip


def test_the_page_says_everything_and_escapes_what_people_said() -> None:
    document = pack_document(_pack())
    for expected in (
        "1:1 with Zoë Żak", "16 Nov 2026 to 22 Nov 2026", "Policy &lt;number&gt;?", "c1 at 1:07",
        "−9 on the period before",
        "too few calls to say", 'href="https://app.example/call?call=c1&amp;t=67.4"',
        "Flooded kitchen, due 30 Nov 2026",
        "No clearly good moment", "over 2 periods and its calls: 60 (n 3), 55 (n 1).",
        "Read it in the call (no recording)", "What we agreed",
    ):  # fmt: skip
        assert expected in document
    assert "<number>" not in document


def test_the_pdf_is_one_with_links() -> None:
    made = pack_pdf(_pack())
    assert made.startswith(b"%PDF-")
    assert b"https://app.example/call?call=c1&t=67.4" in made
    assert made.count(b"/Type /Page\n") == 2  # what is said, and a sheet for notes


def test_the_trend_does_not_make_noise_look_like_change() -> None:
    flat = plot((Point(date(2026, 11, 2), 60.0, 3), Point(date(2026, 11, 9), 61.0, 3)), 440, 90)
    assert abs(flat[0][1] - flat[1][1]) < 5
    assert plot((Point(date(2026, 11, 2), 60.0, 3),), 440, 90) == []


def test_a_pack_holds_three_moments_of_its_own_period(demo_settings: Settings) -> None:
    with lake(demo_settings, read_only=True) as connection:
        packs = read_packs(connection, "https://app.example", ended_before=date(2026, 11, 25))
        assert packs
        for pack in packs:
            assert pack.end_on < date(2026, 11, 25)
            assert len(pack.moments) <= 3
            assert len({(moment.call_id, moment.start_s) for moment in pack.moments}) == len(pack.moments)
            assert pack.trend[-1].mean == pack.mean
            for moment in pack.moments:
                found = connection.execute(
                    "SELECT rep_id, started_at::DATE, quote FROM lake.published.call_evidence "
                    "WHERE call_id = $1 AND start_s = $2 AND quote = $3",
                    [moment.call_id, moment.start_s, moment.quote],
                ).fetchone()
                assert found is not None
                assert found[0] == pack.rep_id
                assert pack.start_on <= found[1] <= pack.end_on


def test_among_equally_sure_moments_one_that_can_be_heard_comes_first(demo_settings: Settings) -> None:
    with lake(demo_settings, read_only=True) as connection:
        passed_over = connection.execute(
            """
            WITH moments AS (
                SELECT e.*, round(e.confidence, 1) AS sure, c.has_recording AS is_heard
                FROM lake.published.call_evidence e JOIN lake.published.calls c USING (call_id) WHERE e.level = 'poor'
            ),
            first AS (
                SELECT p.rep_id, p.criterion_id, m.sure FROM lake.published.coaching_priorities p
                JOIN moments m ON m.evidence_id = p.moments_to_discuss[1].evidence_id WHERE NOT m.is_heard
            ),
            latest AS (SELECT max(week_start_on) AS week FROM lake.published.calls)
            SELECT * FROM first JOIN moments m USING (rep_id, criterion_id) CROSS JOIN latest
            WHERE m.is_heard AND m.sure >= first.sure AND m.week_start_on > latest.week - 28
            """
        ).fetchall()
    assert not passed_over


def test_the_weekly_asset_writes_a_page_and_a_pdf_a_rep(demo_copy: Settings) -> None:
    from orchestration.definitions import defs
    from orchestration.defs.publishing.one_to_one_packs import one_to_one_packs
    from orchestration.resources.lakehouse import Lakehouse

    config = {"ops": {"one_to_one_packs": {"config": {"start_on": "2026-11-16", "app_url": "https://app.example"}}}}
    with dg.instance_for_test() as instance:
        result = dg.materialize(
            [one_to_one_packs], resources={"lakehouse": Lakehouse()}, run_config=config, instance=instance
        )
    assert result.success
    folder = demo_copy.home / "packs" / "weekly" / "2026-11-16"
    pages = sorted(folder.glob("*.html"))
    assert len(pages) == result.asset_materializations_for_node("one_to_one_packs")[0].metadata["packs"].value > 0
    assert {page.with_suffix(".pdf") for page in pages} == set(folder.glob("*.pdf"))
    assert "https://app.example/call?call=" in pages[0].read_text(encoding="utf-8")
    assert not list(folder.glob("*.part"))
    nightly = defs.resolve_job_def("nightly").asset_layer.executable_asset_keys
    assert dg.AssetKey("one_to_one_packs") not in nightly
    assert Path(folder).is_dir()
