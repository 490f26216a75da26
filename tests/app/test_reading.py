"""What pages read and compute: recordings only from the landing zone, intervals, fresh publications."""

import os
from pathlib import Path

import fsspec
import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from coachlake.app.recording import inside_landing, read_from_landing, suffix_of
from coachlake.display.formatting import clock, interval, share, signed, spread
from coachlake.display.intervals import t_margin, wilson


def test_only_files_inside_the_landing_zone_are_served(tmp_path: Path) -> None:
    landing, elsewhere = tmp_path / "landing", tmp_path / "elsewhere"
    (landing / "2026-11-23").mkdir(parents=True)
    elsewhere.mkdir()
    (landing / "2026-11-23" / "call.wav").write_bytes(b"in")
    (elsewhere / "secret.wav").write_bytes(b"out")
    (landing / "2026-11-23" / "link.wav").symlink_to(elsewhere / "secret.wav")
    there = landing / "2026-11-23" / "call.wav"
    assert inside_landing(str(there), "2026-11-23", landing) == there
    assert inside_landing("/moved/landing/2026-11-23/call.wav", "2026-11-23", landing) == there
    assert inside_landing(str(elsewhere / "secret.wav"), "2026-11-23", landing) is None
    assert inside_landing(str(landing / "2026-11-23" / ".." / ".." / "elsewhere" / "secret.wav"), "x", landing) is None
    assert inside_landing(str(landing / "2026-11-23" / "link.wav"), "2026-11-23", landing) is None
    assert inside_landing(os.devnull, "2026-11-23", landing) is None


def test_a_recording_in_an_object_store_is_read_and_nothing_beside_the_landing_zone() -> None:
    store, landing = fsspec.filesystem("memory"), "memory://bucket/landing"
    store.pipe({"/bucket/landing/2026-11-23/late/call.wav": b"RIFFheard", "/bucket/secret.wav": b"RIFFsecret"})
    try:
        assert read_from_landing("2026-11-23/late/call.wav", "2026-11-23", landing) == b"RIFFheard"
        assert read_from_landing(f"{landing}/2026-11-23/late/call.wav", "2026-11-23", landing) == b"RIFFheard"
        for outside in ("../secret.wav", "memory://bucket/secret.wav", "2026-11-23/../../secret.wav", "gone.wav"):
            assert read_from_landing(outside, "2026-11-23", landing) is None
    finally:
        store.rm("/bucket", recursive=True)


def test_a_landing_zone_named_as_an_address_of_this_machine_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "2026-11-23" / "late").mkdir(parents=True)
    there = tmp_path / "2026-11-23" / "late" / "call.flac"
    there.write_bytes(b"fLaC")
    found = read_from_landing("2026-11-23/late/call.flac", "2026-11-23", f"file://{tmp_path}")
    assert found == str(there)
    assert suffix_of(found) == suffix_of(there.read_bytes()) == ".flac"


@pytest.mark.parametrize("n", [3, 4, 5, 8, 20, 200])
def test_t_intervals_agree_with_scipy(n: int) -> None:
    assert t_margin(10.0, n) == pytest.approx(stats.t.ppf(0.975, n - 1) * 10 / n**0.5, rel=0.006)


def test_no_interval_over_too_few_calls_to_say() -> None:
    assert np.isnan(t_margin(5.0, 2))
    assert np.isnan(wilson(1, 2)[0])
    assert spread(float("nan"), float("nan"), 2) == "too few to say, n = 2"
    assert spread(51.0, 63.0, 1200) == "51 to 63, n = 1,200"


@pytest.mark.parametrize(("hits", "n"), [(0, 5), (1, 7), (12, 40), (40, 40)])
def test_wilson_agrees_with_statsmodels(hits: int, n: int) -> None:
    assert wilson(hits, n) == pytest.approx(proportion_confint(hits, n, method="wilson"), abs=1e-6)


def test_numbers_as_people_read_them() -> None:
    assert clock(67.9) == "1:07"
    assert share(0.064, 1) == "6.4 %"
    assert signed(-9.1) == "−9"
    assert signed(-0.4) == signed(0.4) == "0"
    assert interval(-0.1, 0.25, 2) == "−0.10 to 0.25"
    assert interval(float("nan"), 3.0) == ""
    assert share(None) == "–"
