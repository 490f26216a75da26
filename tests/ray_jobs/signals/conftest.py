"""The heads, fitted once for all signal tests."""

import pytest

from ray_jobs.signals import SignalKit, load_signal_kit


@pytest.fixture(scope="session")
def kit() -> SignalKit:
    return load_signal_kit("fast")
