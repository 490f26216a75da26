"""A night in which bad input of every kind lies beside good calls: nothing is lost, and nobody else is hit."""

from pathlib import Path

import pytest

from evaluation.faults.inputs.case import BadInput
from evaluation.faults.inputs.run import campaign, judged


@pytest.mark.parametrize("share", [0.04])
def test_bad_input_beside_good_calls_costs_only_itself(share: float, tmp_path: Path) -> None:
    outcomes = campaign(tmp_path, "fast", share)
    assert {outcome.kind for outcome in outcomes} >= {
        "call facts", "call facts as a whole", "recordings", "transcripts", "rubrics", "outcomes", "reviews",
        "deliveries", "good calls beside",
    }  # fmt: skip
    assert [outcome for outcome in outcomes if outcome.outcome != "right"] == []


def test_a_verdict_can_be_each_of_them() -> None:
    case = BadInput("kind", "name", "id", ("refused",), "because")
    verdicts = {
        "right": {"id": ("refused", "because of it")},
        "lost": {"other": ("refused", "because of it")},
        "raw": {"id": ("refused", "unexpected KeyError: 'x'")},
    }
    assert {name: judged(case, became, []).outcome for name, became in verdicts.items()} == {n: n for n in verdicts}
    assert judged(case, {"id": ("scored", None)}, []).outcome == "lost"
    assert judged(case, {"id": ("refused", "for another reason")}, []).outcome == "lost"
