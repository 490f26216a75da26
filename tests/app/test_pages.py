"""Every page in Chromium: with data at two widths, with no lake, with an empty lake, and during a write."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from coachlake.lake.connection import create_raw_tables, lake
from coachlake.settings import REPOSITORY, Settings
from tests.app.conftest import Open, keep, serving

# path → a text that only stands there when the page has its data
PAGES = {
    "overview": "Who needs help, and the proof",
    "team": "What each rep needs",
    "call": "Scores and their evidence",
    "pack": "Moments to discuss",
    "outcomes": "Correlation of each skill with the outcome",
    "sample": "What a sample misses",
    "programme": "checks of the programme",
    "calibration": "Give your name to begin",
    "quality": "Coverage by night",
}
# Outcomes has none here: sixty calls are too few for an association, and the page says so.
CHARTS = {"overview": 7, "team": 3, "sample": 1, "quality": 1}

_HOLD = """
import sys
from coachlake.lake.connection import lake
from coachlake.settings import load_settings
with lake(load_settings()) as connection:
    connection.execute("BEGIN TRANSACTION")
    connection.execute("DELETE FROM lake.marts.coaching_priorities")
    connection.execute("DELETE FROM lake.raw.calls")
    print("held", flush=True)
    sys.stdin.readline()
    connection.execute("ROLLBACK")
"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_its_data(app_url: str, opened: Open, path: str) -> None:
    page = opened(f"{app_url}/{path}")
    expect(page.get_by_text(PAGES[path]).first).to_be_visible()
    charts = page.locator('[data-testid="stVegaLiteChart"] canvas, [data-testid="stVegaLiteChart"] svg')
    if path in CHARTS:
        expect(charts.nth(CHARTS[path] - 1)).to_be_visible()
    for chart in page.locator('[data-testid="stVegaLiteChart"]').all():
        told = chart.locator("xpath=descendant-or-self::*[contains(@aria-label, ' ')]")
        assert told.count(), f"a chart without a text alternative: {chart.inner_html()[:300]}"
    keep(page, path)


@pytest.mark.parametrize("path", ["overview", "call", "pack"])
def test_a_phone_shows_it_without_scrolling_sideways(app_url: str, opened: Open, path: str) -> None:
    page = opened(f"{app_url}/{path}", width=390)
    expect(page.get_by_text(PAGES[path]).first).to_be_visible()
    sideways = page.evaluate(
        "() => { const main = document.querySelector('[data-testid=\"stMain\"]'); "
        "return main.scrollWidth - main.clientWidth; }"
    )
    assert sideways <= 0
    keep(page, path)


def test_the_quality_page_says_where_time_goes(app_url: str, opened: Open) -> None:
    page = opened(f"{app_url}/quality")
    expect(page.get_by_role("heading", name="Where time goes")).to_be_visible()
    expect(page.get_by_role("cell", name="Recognise")).to_be_visible()


def test_a_lake_that_holds_nothing_says_what_to_do_on_every_page(empty_settings: Settings, opened: Open) -> None:
    with serving(empty_settings) as address:
        for path in PAGES:
            page = opened(f"{address}/{path}")
            expect(page.get_by_text("Nothing is published yet.").first).to_be_visible()
            expect(page.get_by_text("make run").first).to_be_visible()
        keep(page, "empty")
        # The same server once a lake is there and nothing of it is published: no restart is needed.
        with lake(empty_settings) as connection:
            create_raw_tables(connection)
        for path in ("overview", "call", "calibration"):
            expect(opened(f"{address}/{path}").get_by_text("Nothing is published yet.").first).to_be_visible()


def test_reads_go_on_while_a_run_writes_and_see_nothing_of_it(
    own_settings: Settings, own_url: str, opened: Open
) -> None:
    before = opened(f"{own_url}/overview").locator(".cl-lead").inner_text()
    environ = os.environ | {"COACHLAKE_HOME": str(own_settings.home)}
    command = [sys.executable, "-c", _HOLD]
    writer = subprocess.Popen(
        command, cwd=REPOSITORY, env=environ, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "held\n"
        for path in PAGES:
            expect(opened(f"{own_url}/{path}").get_by_text(PAGES[path]).first).to_be_visible()
        assert opened(f"{own_url}/overview").locator(".cl-lead").inner_text() == before
    finally:
        writer.communicate("\n", timeout=60)
    assert writer.returncode == 0
