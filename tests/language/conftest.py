"""What tests of judging share."""

from typing import Any

import pytest

from coachlake.language.encoder import MiniLmEncoder


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every sentence the model is run on from here."""
    texts: list[str] = []
    original = MiniLmEncoder._vector

    def counted(self: MiniLmEncoder, text: str) -> Any:
        texts.append(text)
        return original(self, text)

    monkeypatch.setattr(MiniLmEncoder, "_vector", counted)
    return texts
