"""How long a page takes to show: `python -m benchmarks.app_latency [--json FILE]`, on the lake of COACHLAKE_HOME.

Each page is opened in Chromium in a fresh browser context (no browser cache) against `coachlake app`, `--runs` times;
the pages take turns, so that a burst of other load does not fall on one of them. First paint: the page's heading is
visible. Ready (interactive): its script has run to the end and the first chart, or what stands for it, is drawn. A
page's first visit reads the lake; later ones find their rows in the cache of the publication. The server's first page
of all is reported apart: it includes opening the lake. Seconds, on this machine; the load is that of the minute before
the start and before the end.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from coachlake.lake.connection import lake
from coachlake.settings import REPOSITORY, load_settings

_PAGES = ("overview", "team", "call", "pack", "outcomes", "sample", "programme", "calibration", "quality")
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
)
_READY = """() => document.querySelector('h1')
    && document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid="stSpinner"], [data-stale="true"]')
    && document.querySelector('[data-testid="stVegaLiteChart"] canvas, .cl-says, .cl-lead, .cl-empty, .pack')"""


def main() -> None:
    """Measure, print a table and, where asked, write the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--port", type=int, default=8599)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    paths = {page: page for page in _PAGES} | {"rep": f"team?rep={_a_rep()}"}
    before = round(os.getloadavg()[0], 1)
    with _served(options.port) as address, sync_playwright() as playwright:
        executable = os.environ.get("COACHLAKE_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=executable, args=_FLAGS.split())
        first = _open(browser, f"{address}/overview")
        pages: dict[str, list[tuple[float, float]]] = {page: [] for page in paths}
        for _ in range(options.runs):
            for page, times in pages.items():
                times.append(_open(browser, f"{address}/{paths[page]}"))
        browser.close()
    found: dict[str, Any] = {
        "runs": options.runs,
        "cores": os.cpu_count(),
        "load_1_min_before": before,
        "load_1_min": round(os.getloadavg()[0], 1),
        "server_first_page": {"first_paint_s": round(first[0], 2), "ready_s": round(first[1], 2)},
        "pages": {page: _summary(times) for page, times in pages.items()},
    }
    _print(found)
    if options.json:
        options.json.write_text(json.dumps(found, indent=2), encoding="utf-8")


def _a_rep() -> str:
    """The rep with the most calls: the page with the most charts."""
    with lake(load_settings(), read_only=True) as connection:
        found = connection.execute(
            "SELECT rep_id FROM lake.published.rep_weekly_scores GROUP BY 1 ORDER BY sum(call_count) DESC, 1 LIMIT 1"
        ).fetchone()
    if found is None:
        raise SystemExit("nothing is published in this lake: make run")
    return str(found[0])


def _open(browser: Browser, address: str) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("h1", timeout=120_000)
    painted = time.perf_counter() - start
    page.wait_for_function(_READY, timeout=120_000)
    ready = time.perf_counter() - start
    context.close()
    return painted, ready


def _summary(times: list[tuple[float, float]]) -> dict[str, float]:
    painted, ready = zip(*times, strict=True)
    return {
        "first_paint_median_s": round(statistics.median(painted), 2),
        "first_paint_max_s": round(max(painted), 2),
        "ready_median_s": round(statistics.median(ready), 2),
        "ready_max_s": round(max(ready), 2),
        "ready_first_visit_s": round(ready[0], 2),
    }


def _print(found: dict[str, Any]) -> None:
    first = found["server_first_page"]
    load = f"load {found['load_1_min_before']} to {found['load_1_min']}"
    print(f"{found['runs']} runs a page, {found['cores']} cores, {load}")
    print(f"server's first page: first paint {first['first_paint_s']} s, ready {first['ready_s']} s")
    print(f"{'page':<14}{'first paint':>12}{'(max)':>8}{'ready':>8}{'(max)':>8}{'1st visit':>11}")
    for page, row in found["pages"].items():
        print(f"{page:<14}" + "".join(f"{v:>{w}.2f}" for v, w in zip(row.values(), (12, 8, 8, 8, 11), strict=True)))


@contextmanager
def _served(port: int) -> Iterator[str]:
    environ = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "coachlake.cli", "app", "--port", str(port)]
    server = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
