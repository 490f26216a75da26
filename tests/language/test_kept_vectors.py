"""Vectors of written examples survive the process; a damaged file costs time, never a wrong vector."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coachlake.language.encoder import load_encoder
from coachlake.language.kept_vectors import kept_vectors

_WRITTEN = ["It ships on Friday.", "I'll send somebody today."]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACHLAKE_CACHE", str(tmp_path))


def _fit(texts: list[str]) -> Any:
    encoder = load_encoder("fast")
    encoder.encode(["What the customer said."])
    with kept_vectors(encoder):
        vectors = encoder.encode(texts)
    encoder.encode(["What the customer said."])
    return vectors


def test_another_process_computes_only_what_is_new(computed: list[str], tmp_path: Path) -> None:
    first = _fit(_WRITTEN)
    assert computed == ["What the customer said.", *_WRITTEN], "a call's own sentence was forgotten, or is kept twice"
    computed.clear()
    second = _fit([*_WRITTEN, "A new anchor."])
    assert computed == ["What the customer said.", "A new anchor."]
    assert np.array_equal(first, second[:2])

    (file,) = (tmp_path / "vectors").iterdir()
    file.write_bytes(file.read_bytes()[:200])
    assert np.array_equal(_fit(_WRITTEN), first)
