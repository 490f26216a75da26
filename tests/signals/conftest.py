"""The heads, fitted once for all signal tests."""

import pytest

from coachlake.signals.kit import SignalKit, load_signal_kit


@pytest.fixture(scope="session")
def kit() -> SignalKit:
    return load_signal_kit("fast")
