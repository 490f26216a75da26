"""A home in which a judge was trained from a small bank: one epoch, seconds."""

from pathlib import Path

import pytest

from tests.training.bank import small_bank
from training.acts.fit import Plan
from training.acts.retrain import LearnedFrom, retrain

PLAN = Plan(epochs=1, threads=2)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its only model is the candidate; the shipped one judges."""
    folder = tmp_path_factory.mktemp("judge")
    retrain(folder, LearnedFrom(bank=str(small_bank(folder / "bank"))), PLAN)
    return folder
