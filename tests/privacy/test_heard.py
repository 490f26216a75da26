"""What docs/privacy.md says of excerpts that the patterns were not written on is not lost again."""

import pytest

from benchmarks.redaction_heard.excerpts import Half
from benchmarks.redaction_heard.measure import measure


@pytest.mark.parametrize(("half", "least"), [("development", 0.95), ("held_out", 0.85)])
def test_excerpts_are_redacted_as_measured(half: Half, least: float) -> None:
    tally = measure(half)
    assert tally.found.total() / tally.there.total() >= least
    assert tally.right / tally.markers >= 0.95
