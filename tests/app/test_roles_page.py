"""Who is the rep: the queue of asked calls, one click, a rule, the swap, and what the next run makes of them."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from playwright.sync_api import expect

from coachlake.settings import REPOSITORY, Settings
from coachlake.speech.decode import decode
from coachlake.speech.playable import plays_as_it_is
from tests.app.conftest import Open, keep, serving, settle
from tests.asked_calls import NIGHT
from tests.conftest import copy_of
from tests.reading import rows

ROLES = "SELECT label, role FROM lake.raw.participants WHERE call_id = '{}' ORDER BY label"
STATUS = "SELECT status, roles_decided_by, overall_score FROM lake.raw.calls WHERE call_id = '{}'"


@pytest.fixture(scope="module")
def asked_url(asked_settings: Settings) -> Iterator[str]:
    """The app on the lake of asked calls."""
    with serving(asked_settings) as address:
        yield address


def _transcripts(settings: Settings) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in Path(settings.staging, "transcripts").rglob("*.json")}


def _run_again(settings: Settings) -> str:
    """`coachlake run` on the same folder, in a process of its own: Playwright's loop keeps Dagster out of this one."""
    environ = os.environ | {"COACHLAKE_HOME": str(settings.home), "PYTHONPATH": str(REPOSITORY)}
    environ |= {"DAGSTER_HOME": str(settings.home / "dagster"), "COLUMNS": "200"}
    command = [sys.executable, "-m", "coachlake.cli", "run", str(settings.home.parent / "calls")]
    done = subprocess.run(command, cwd=REPOSITORY, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_calls_not_known_for_sure_are_asked_about(asked_settings: Settings, asked_url: str, opened: Open) -> None:
    asked = rows(asked_settings, "SELECT call_id FROM lake.raw.calls WHERE status = 'asked' ORDER BY call_id")
    assert [row[0] for row in asked] == ["crossed", "open", "open_too", "wired_wrong"]
    page = opened(f"{asked_url}/roles")
    expect(page.get_by_text("4 calls not scored yet")).to_be_visible()
    card = page.locator(".st-key-ask_crossed")
    expect(card.get_by_text("the call facts put the rep on the right channel")).to_be_visible()
    expect(card.get_by_text("Harbour Insurance, this is Nora Vance")).to_be_visible()
    expect(card.get_by_text("My garage door was hit by a van")).to_be_visible()
    expect(page.locator(".st-key-ask_wired_wrong audio")).to_have_count(2)
    assert page.locator(".st-key-ask_crossed audio").count() == 0
    keep(page, "roles")
    for reason in ("Spanish in 100% of what was said", "A voicemail"):
        expect(opened(f"{asked_url}/quality").get_by_text(reason).first).to_be_visible()


def test_a_call_of_three_shows_everybody_and_scores_the_reps_part(
    asked_settings: Settings, asked_url: str, opened: Open
) -> None:
    roles = [("Caller", "customer"), ("Nora Vance", "rep"), ("Otto Brill", "other_rep")]
    assert rows(asked_settings, ROLES.format("passed_on")) == roles
    scored = rows(asked_settings, "SELECT speaker, text FROM lake.raw.turns WHERE call_id = 'passed_on'")
    assert {speaker for speaker, _ in scored} == {"rep", "customer"}
    assert not any("tomatoes" in text for _, text in scored), "what is said to and by a colleague is their leg"
    page = opened(f"{asked_url}/call?call=passed_on")
    expect(page.get_by_text("Otto Brill: colleague")).to_be_visible()
    expect(page.get_by_text("Nora Vance: rep")).to_be_visible()


@pytest.mark.parametrize("codec", ["gsm", "g722"])
def test_what_browsers_do_not_play_is_converted_for_the_queue(
    asked_settings: Settings, tmp_path: Path, opened: Open, codec: str
) -> None:
    own = replace(asked_settings, home=copy_of(asked_settings, tmp_path / "home"))
    recording = own.home / "landing" / str(NIGHT) / "wired_wrong.wav"
    recode(recording, codec)
    assert not plays_as_it_is(recording)
    with serving(own) as address:
        page = opened(f"{address}/roles")
        audio = page.locator(".st-key-ask_wired_wrong audio").first
        expect(audio).to_have_attribute("src", re.compile(r"\.mp3"))
        page.wait_for_function("() => document.querySelector('.st-key-ask_wired_wrong audio').readyState >= 2")
        assert audio.evaluate("audio => audio.duration") > 20


def recode(recording: Path, codec: str) -> None:
    """The recording in mono, as WAV of a telephone's codec, in its own place."""
    samples = decode(recording).samples.mean(axis=0)
    recording.unlink()
    if codec == "gsm":
        soundfile.write(recording, samples[::2], 8_000, subtype="GSM610", format="WAV")
        return
    with av.open(str(recording), "w", format="wav") as container:
        stream = container.add_stream("g722", rate=16_000, layout="mono")
        whole = (samples * 32767).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(whole), format="s16", layout="mono")
        frame.sample_rate = 16_000
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)


def test_one_click_a_rule_and_a_swap_count_from_the_next_run(
    asked_settings: Settings, asked_url: str, opened: Open
) -> None:
    ((_, by, before),) = rows(asked_settings, STATUS.format("clear"))
    assert by == "rep_name"
    heard = _transcripts(asked_settings)
    page = opened(f"{asked_url}/roles")
    page.locator(".st-key-ask_crossed").get_by_role("button", name="channel 0 is the rep").click()
    expect(page.get_by_text("Please give your name")).to_be_visible()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Your name").press("Enter")
    settle(page)
    page.locator(".st-key-ask_crossed").get_by_role("button", name="channel 0 is the rep").click()
    expect(page.get_by_text("Kept: channel 0 is the rep of crossed")).to_be_visible()
    expect(page.locator(".st-key-ask_crossed")).to_have_count(0)
    page.locator(".st-key-ask_open_too").get_by_text("The same for every call of queue boilers").click()
    settle(page)
    page.locator(".st-key-ask_open_too").get_by_role("button", name="Speaker 1 is the rep").click()
    expect(page.get_by_text("Kept: Speaker 1 is the rep of open_too")).to_be_visible()

    page = opened(f"{asked_url}/call?call=clear")
    expect(page.get_by_text("by the rep's name")).to_be_visible()
    page.get_by_role("button", name="Somebody else is the rep").click()
    page.get_by_label("Your name").last.fill("Ada")
    page.get_by_label("Your name").last.press("Enter")
    page.get_by_role("button", name="Swap", exact=True).click()
    expect(page.get_by_text("Kept: Caller is the rep of clear")).to_be_visible()

    said = _run_again(asked_settings)
    assert "5 calls scored, 1 asked about, 2 quarantined" in " ".join(said.split())
    assert _transcripts(asked_settings) == heard, "nothing was transcribed again"
    assert rows(asked_settings, ROLES.format("crossed")) == [("channel 0", "rep"), ("channel 1", "customer")]
    assert rows(asked_settings, STATUS.format("crossed"))[0][:2] == ("scored", "answer")
    assert rows(asked_settings, STATUS.format("open_too"))[0][:2] == ("scored", "answer")
    assert rows(asked_settings, STATUS.format("open"))[0][:2] == ("scored", "rule")
    assert rows(asked_settings, ROLES.format("open")) == [("Speaker 1", "rep"), ("Speaker 2", "customer")]
    assert rows(asked_settings, ROLES.format("clear")) == [("Caller", "rep"), ("Nora Vance", "customer")]
    ((status, by, after),) = rows(asked_settings, STATUS.format("clear"))
    assert (status, by) == ("scored", "answer")
    assert after != before
    page = opened(f"{asked_url}/call?call=clear")
    expect(page.get_by_text("a person said so")).to_be_visible()
    expect(opened(f"{asked_url}/roles").get_by_text("1 call not scored yet")).to_be_visible()
