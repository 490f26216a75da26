"""A real Chromium on a real server of the app."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from coachlake.settings import REPOSITORY, Settings, load_settings
from tests.conftest import copy_of

SCREENSHOTS = REPOSITORY / "build" / "screenshots"
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
)
# A page is done when the script has run and nothing is greyed out or spinning any more.
_IDLE = """() => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid="stSpinner"], [data-stale="true"]')
    && document.querySelector('h1') !== null"""
Open = Callable[..., Page]
expect.set_options(timeout=90_000)  # a busy machine is no failure


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # A module, no longer: while Playwright runs, its event loop keeps Dagster from running one in this thread.
    named = os.environ.get("COACHLAKE_CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.fail("these tests need Chromium: apt-get install chromium, or name one in COACHLAKE_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=_FLAGS.split())
        yield chromium
        chromium.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(settings: Settings, port: int | None = None) -> Iterator[str]:
    """The app on this lake as `coachlake app` serves it; its address."""
    port = port or free_port()
    command = [sys.executable, "-m", "coachlake.cli", "app", "--port", str(port)]
    log = settings.home.parent / f"app-{port}.log"
    environ = os.environ | {"COACHLAKE_HOME": str(settings.home), "PYTHONPATH": str(REPOSITORY)}
    with log.open("w") as out:
        server = subprocess.Popen(command, env=environ, stdout=out, stderr=out, cwd=REPOSITORY)
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    import time

    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)  # polling for a process to come up
    pytest.fail(f"the app did not come up:\n{log.read_text()}")


@pytest.fixture(scope="session")
def app_url(demo_settings: Settings) -> Iterator[str]:
    """The app on the shared demonstration: for tests that only read."""
    with serving(demo_settings) as address:
        yield address


@pytest.fixture(scope="session")
def own_settings(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of the demonstration that tests of the app write to, each on rows of its own."""
    home = copy_of(demo_settings, tmp_path_factory.mktemp("written") / "home")
    return replace(load_settings({"COACHLAKE_HOME": str(home)}), model_profile="fast")


@pytest.fixture(scope="session")
def own_url(own_settings: Settings) -> Iterator[str]:
    """The app on that copy."""
    with serving(own_settings) as address:
        yield address


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for the module: Streamlit's scripts are fetched once. Each page load is a session of its own all the same."""
    opened = browser.new_context()
    yield opened
    opened.close()


@pytest.fixture
def opened(context: BrowserContext) -> Iterator[Open]:
    """Open an address and wait until the page has settled. Errors on the page fail the test."""
    pages: list[Page] = []
    errors: list[str] = []

    def open_page(address: str, width: int = 1440, settled: int = 30_000) -> Page:
        page = context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        settle(page, settled)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not errors


def settle(page: Page, timeout: int = 30_000, *, is_found: bool | None = True) -> None:
    """Wait until the page's script has run, and see that it raised nothing. `is_found` None: or that there is none."""
    page.wait_for_selector("h1", timeout=timeout)
    page.wait_for_function(_IDLE, timeout=timeout)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    if is_found:
        expect(page.get_by_role("dialog")).to_have_count(0)


def keep(page: Page, name: str) -> None:
    """Keep a screenshot of the whole page for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    width = (page.viewport_size or {"width": 1440})["width"]
    height = page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height) + 20, 8000)})
    page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")
