"""The call page: hearing the second behind a score, links to it, and saying that a score is wrong."""

import re

from playwright.sync_api import BrowserContext, Route, expect

from coachlake.lake.connection import lake
from coachlake.settings import Settings
from tests.app.conftest import Open, keep, settle


def _moment(settings: Settings, *, is_recorded: bool) -> tuple[str, str, str, float]:
    """A moment some way into a call: call_id, criterion_id, evidence_id, its second."""
    operator = "" if is_recorded else "NOT"
    with lake(settings, read_only=True) as connection:
        row = connection.execute(
            f"""
            SELECT e.call_id, e.criterion_id, e.evidence_id, e.start_s FROM lake.published.call_evidence e
            JOIN lake.published.calls c USING (call_id)
            WHERE {operator} c.has_recording AND e.start_s > 8
            ORDER BY e.start_s DESC, e.evidence_id LIMIT 1
            """
        ).fetchone()
    assert row is not None
    return row


def test_a_click_on_a_quote_plays_its_second(demo_settings: Settings, app_url: str, opened: Open) -> None:
    call_id, criterion_id, evidence_id, second = _moment(demo_settings, is_recorded=True)
    page = opened(f"{app_url}/call?call={call_id}&criterion={criterion_id}")
    moment = page.locator(f'[data-evidence="{evidence_id}"]')
    expect(moment).to_be_visible()
    page.wait_for_function("() => document.querySelector('audio')?.readyState >= 1")
    assert page.evaluate("() => document.querySelector('audio').currentTime") == 0
    moment.locator("button").last.click()
    page.wait_for_function(
        f"() => {{ const a = document.querySelector('audio'); return !a.paused && a.currentTime >= {second - 0.2}; }}"
    )
    assert page.evaluate("() => document.querySelector('audio').currentTime") < second + 5
    assert float(re.search(r"[?&]t=([\d.]+)", page.url).group(1)) == round(second, 1)  # type: ignore[union-attr]
    keep(page, "call-playing")


def test_a_link_to_a_second_opens_there_however_late_the_player_comes(
    demo_settings: Settings, app_url: str, context: BrowserContext, opened: Open
) -> None:
    call_id, criterion_id, evidence_id, second = _moment(demo_settings, is_recorded=True)
    held: list[Route] = []
    context.route("**/Audio.*.js", lambda route: held.append(route))
    with context.expect_event("request", lambda request: "/Audio." in request.url):
        page = opened(f"{app_url}/call?call={call_id}&t={second:.1f}&criterion={criterion_id}")
    expect(page.locator(f'[data-evidence="{evidence_id}"]')).to_be_visible()
    assert page.locator("audio").count() == 0
    for route in held:
        route.continue_()
    context.unroute("**/Audio.*.js")  # the module's pages share this context
    # Scripts of a test count as the visitor's act: it may play, and how far says nothing about where it began.
    began = "a.played.length ? a.played.start(0) : a.currentTime"
    page.wait_for_function(
        f"() => {{ const a = document.querySelector('audio'); return a && Math.abs(({began}) - {second:.1f}) < 0.11; }}"
    )


def test_every_score_opens_its_evidence(demo_settings: Settings, app_url: str, opened: Open) -> None:
    call_id, criterion_id, evidence_id, _ = _moment(demo_settings, is_recorded=False)
    page = opened(f"{app_url}/call?call={call_id}&criterion=none")
    expect(page.get_by_text("there is no recording to play")).to_be_visible()
    assert page.locator("audio").count() == 0
    moment = page.locator(f'[data-evidence="{evidence_id}"]')
    expect(moment).to_be_hidden()
    page.locator(f'[data-criterion="{criterion_id}"] summary').press("Enter")  # by keyboard
    expect(moment).to_be_visible()
    moment.locator("button").last.press("Enter")
    expect(page.locator(".turns li.now")).to_be_visible()


def test_the_overview_leads_to_the_second(app_url: str, opened: Open) -> None:
    page = opened(app_url)
    expect(page.get_by_role("link", name=re.compile("(Hear|Read) it in call"))).to_have_count(4)  # all are drawn
    heard, read = (page.get_by_role("link", name=re.compile(f"{verb} it in call")) for verb in ("Hear", "Read"))
    is_heard = heard.count() > 0
    (heard if is_heard else read).first.click()
    page.wait_for_url(re.compile(r"/call\?.*t=\d"))
    settle(page)
    expect(page.locator("details.score[open]")).to_have_count(1)
    if is_heard:  # who clicked "Hear it" hears it
        page.wait_for_function("() => document.querySelector('audio')?.paused === false")


def test_a_rep_stays_chosen_from_page_to_page(demo_settings: Settings, app_url: str, opened: Open) -> None:
    with lake(demo_settings, read_only=True) as connection:
        last = connection.execute("SELECT rep_id, rep_name FROM lake.published.reps ORDER BY rep_name DESC").fetchone()
    assert last is not None
    page = opened(f"{app_url}/team?rep={last[0]}")
    page.get_by_role("link", name="Open the 1:1 pack").click()
    expect(page.get_by_role("heading", name=f"1:1 with {last[1]}")).to_be_visible()
    assert f"rep={last[0]}" in page.url


def test_a_dispute_is_kept_and_shown_at_once(own_settings: Settings, own_url: str, opened: Open) -> None:
    call_id, _, _, _ = _moment(own_settings, is_recorded=False)
    page = opened(f"{own_url}/call?call={call_id}")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("a dispute needs a note")).to_be_visible()
    page.get_by_label("Why (name the moment)").fill("She names the flooded kitchen at 0:20.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. It counts")).to_be_visible()
    expect(page.get_by_role("cell", name="She names the flooded kitchen")).to_be_visible()
    with lake(own_settings, read_only=True) as connection:
        kept = connection.execute(
            "SELECT call_id, level, is_dispute, is_blind FROM lake.raw.human_reviews WHERE reviewer_id = 'Ada'"
        ).fetchall()
    assert kept == [(call_id, "good", True, False)]


def test_a_struck_moment_is_shown_with_why_and_can_count_again(
    own_settings: Settings, own_url: str, opened: Open
) -> None:
    call_id, _, _, _ = _moment(own_settings, is_recorded=False)
    page = opened(f"{own_url}/call?call={call_id}")
    page.get_by_label("Why it should not count").fill("The customer was joking.")
    page.get_by_label("Struck by").fill("Ada")
    page.get_by_role("button", name="Strike").click()
    expect(page.get_by_text("Struck. The call is scored without it")).to_be_visible()
    page.reload()
    expect(page.get_by_text("(The customer was joking.)")).to_be_visible()
    page.get_by_label("Taken back by").fill("Bo")
    page.get_by_role("button", name="Let it count again").click()
    expect(page.get_by_text("It counts again from the next run on")).to_be_visible()
    with lake(own_settings, read_only=True) as connection:
        said = "SELECT call_id, is_struck, struck_by FROM lake.raw.strikes ORDER BY struck_at"
        assert connection.execute(said).fetchall() == [(call_id, True, "Ada"), (call_id, False, "Bo")]


def test_a_blind_review_does_not_show_the_machines_level(own_settings: Settings, own_url: str, opened: Open) -> None:
    page = opened(f"{own_url}/calibration")
    page.get_by_label("Your name").fill("Bo")
    page.get_by_label("Your name").press("Enter")
    expect(page.get_by_role("radiogroup", name="Level")).to_be_visible()
    assert "confidence" not in page.get_by_test_id("stMain").inner_text()
    assert "machine says" not in page.get_by_test_id("stMain").inner_text()
    keep(page, "calibration-blind")
    page.get_by_text("Average", exact=True).last.click()
    page.get_by_role("button", name="Save and show the machine's").click()
    expect(page.get_by_text("the machine says")).to_be_visible()
    with lake(own_settings, read_only=True) as connection:
        kept = connection.execute(
            "SELECT level, is_dispute, is_blind FROM lake.raw.human_reviews WHERE reviewer_id = 'Bo'"
        ).fetchall()
    assert kept == [("average", False, True)]
