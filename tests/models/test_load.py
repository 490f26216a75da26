"""Fetched models are loaded from their folder, with no hub, after every file was held against its lock."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coachlake.models.fingerprint import fingerprint
from coachlake.models.hub.load import verified_hub_model
from coachlake.models.hub.lock import LOCK, Lock
from coachlake.models.hub.shelf import own_shelf, shared_shelf
from coachlake.models.profiles import load_hub_model, load_profile
from coachlake.models.upkeep.fetch import fetch
from coachlake.models.weights import WeightsError, WeightsMissingError
from coachlake.speech.activity import speech_spans
from tests.models.hub import Hub, change_a_byte
from tests.models.pipeline import pipeline_files
from tests.spoken import SpokenCall, spoken_call

__all__ = ["spoken_call"]
_TURBO, _DIARIZER = load_hub_model("large-v3-turbo"), load_hub_model("diarization-community-1")


def test_speech_is_heard_by_a_recogniser_from_the_hub_once_the_hub_is_gone(hub: Hub, spoken_call: SpokenCall) -> None:
    from coachlake.speech.recogniser import Recogniser

    fetch("large-v3-turbo", hub.endpoint)
    hub.files.clear()
    hub.asked.clear()
    samples = spoken_call.samples.mean(axis=0)[: 16_000 * 8]
    words = Recogniser(load_profile("turbo")).words(samples, speech_spans(samples))
    assert "thank you for calling" in " ".join(word.text for word in words).lower()
    assert hub.asked == []


def test_speakers_are_told_by_a_pipeline_from_the_hub_once_the_hub_is_gone(hub: Hub, spoken_call: SpokenCall) -> None:
    from coachlake.speech.diarizer import Diarizer

    hub.files[_DIARIZER.repository, _DIARIZER.revision] = pipeline_files()
    fetch("diarization-community-1", hub.endpoint)
    hub.files.clear()
    samples = np.ascontiguousarray(spoken_call.samples.mean(axis=0)[: 16_000 * 20])
    on_cpu = load_profile("gpu").model_copy(update={"device": "cpu"})
    found = Diarizer(on_cpu).diarize(samples, speech_spans(samples))
    assert found.exclusive
    assert {stretch.speaker for stretch in found.overlapping} <= {0, 1}


def test_what_was_not_fetched_or_was_changed_since_is_not_loaded(hub: Hub) -> None:
    with pytest.raises(WeightsMissingError, match=r"has not been fetched to .* coachlake models fetch"):
        verified_hub_model("large-v3-turbo")
    fetch("large-v3-turbo", hub.endpoint)
    folder = verified_hub_model("large-v3-turbo")
    change_a_byte(folder / "model.bin")
    assert verified_hub_model("large-v3-turbo") == folder  # once a process
    verified_hub_model.cache_clear()
    with pytest.raises(WeightsError, match=r"model\.bin is not the file that was fetched .* coachlake models fetch"):
        verified_hub_model("large-v3-turbo")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"repository": "a/b", "revision": "c", "files": {"../x": {"size": 1, "sha256": "0"}}}']
)
def test_a_lock_that_is_none_is_named(hub: Hub, content: bytes) -> None:
    fetch("large-v3-turbo", hub.endpoint)
    (shared_shelf(_TURBO).folder / LOCK).write_bytes(content)
    with pytest.raises(WeightsError, match="is no lock of a model"):
        verified_hub_model("large-v3-turbo")
    assert fetch("large-v3-turbo", hub.endpoint)
    assert verified_hub_model("large-v3-turbo").exists()


def test_a_lock_names_no_file_outside_its_folder() -> None:
    with pytest.raises(ValueError, match="no path below"):
        Lock.model_validate({"repository": "a/b", "revision": "c", "files": {"../x": {"size": 1, "sha256": "0" * 64}}})


def test_the_fingerprint_names_revision_and_lock(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(load_profile("gpu"))
    fetch("diarization-community-1", hub.endpoint)
    half = fingerprint(load_profile("gpu"))
    fetch("large-v3-turbo", hub.endpoint)
    whole = fingerprint(load_profile("gpu"))
    path = shared_shelf(_DIARIZER).folder / LOCK
    path.write_bytes(path.read_bytes().replace(b'"size": 99', b'"size": 98'))
    other_files = fingerprint(load_profile("gpu"))
    pinned = _TURBO.model_copy(update={"revision": "1" * 40})
    monkeypatch.setattr("coachlake.models.fingerprint.load_hub_model", lambda name: pinned)
    assert len({before, half, whole, other_files, fingerprint(load_profile("turbo"))}) == 5


def _of_another_machine(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setenv("COACHLAKE_CACHE", str(cache))
    verified_hub_model.cache_clear()


def test_workers_copy_from_object_storage_once_and_only_what_its_lock_says(
    hub: Hub, object_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACHLAKE_MODELS", f"{object_store}/models")
    with pytest.raises(WeightsMissingError, match="has not been fetched to s3://coachlake/models"):
        verified_hub_model("diarization-community-1")
    assert fetch("diarization-community-1", hub.endpoint)
    hub.asked.clear()
    assert not fetch("diarization-community-1", hub.endpoint)
    assert hub.asked == []

    _of_another_machine(monkeypatch, tmp_path / "worker")
    folder = verified_hub_model("diarization-community-1")
    assert folder.is_relative_to(tmp_path / "worker")
    assert (folder / "plda" / "plda.npz").read_bytes() == b"numbers"
    untouched = (folder / "config.yaml").stat().st_ino
    verified_hub_model.cache_clear()
    assert (verified_hub_model("diarization-community-1") / "config.yaml").stat().st_ino == untouched

    change_a_byte(folder / "config.yaml")  # its own copy: made anew
    verified_hub_model.cache_clear()
    assert (verified_hub_model("diarization-community-1") / "config.yaml").read_bytes() == b"pipeline: {}\n"

    shared: Any = shared_shelf(_DIARIZER)
    shared.filesystem.pipe_file(f"{shared.root}/config.yaml", b"pipeline: []\n")
    _of_another_machine(monkeypatch, tmp_path / "third")
    with pytest.raises(WeightsError, match=r"config\.yaml in s3://.* is not the file that was fetched"):
        verified_hub_model("diarization-community-1")
    assert not own_shelf(_DIARIZER).folder.exists()


def test_an_address_that_nothing_reads_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACHLAKE_MODELS", "nowhere://bucket")
    with pytest.raises(WeightsError, match=r"nowhere://bucket/.* cannot be read .* COACHLAKE_MODELS"):
        verified_hub_model("large-v3-turbo")
