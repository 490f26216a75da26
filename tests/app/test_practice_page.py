"""A written session in a real Chromium: start, say something, end it, read what it came to, see it as a coach."""

import re

from playwright.sync_api import Browser, expect

from coachlake.settings import Settings
from tests.app.conftest import serving, settle


def test_a_session_is_played_scored_and_seen_by_the_coach(browser: Browser, demo_copy: Settings) -> None:
    with serving(demo_copy) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}/practice?view=play&scenario=double_charge_complaint")
        settle(page, 120_000)
        page.get_by_role("button", name="Start the call").click()
        turns = page.locator(".cl-turns p")
        expect(turns).to_have_count(1)
        box = page.get_by_placeholder("What do you say?")
        box.fill("So the van was debited two times and your rent bounced because of it, is that right?")
        box.press("Enter")
        expect(turns).to_have_count(3)
        expect(turns.nth(2)).to_contain_text("Customer")
        page.get_by_role("button", name="End the call").click()
        expect(page.get_by_text("You ended the call.")).to_be_visible()
        expect(page.get_by_text("Not passed yet.")).to_be_visible()
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        page.goto(f"{address}/practice?view=coach")
        expect(page.get_by_text(re.compile("1 rep practised in 1 attempt"))).to_be_visible()
        expect(page.get_by_role("cell", name="Charged twice, and the cover letter is wrong")).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        page.close()
