"""Models in folders of a test, and a hub to fetch them from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coachlake.models.hub.load import verified_hub_model
from tests.models.hub import Hub, served


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Models and this machine's cache in folders of this test; no token of whoever runs it."""
    monkeypatch.setenv("COACHLAKE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("COACHLAKE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    # As in the process of the command: what loads models in this one has turned the hub off for good.
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    verified_hub_model.cache_clear()
    yield
    verified_hub_model.cache_clear()


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A hub that gives what it has."""
    with served() as hub:
        yield hub
