"""What a bad input became is judged by what it was to become. The campaign itself is `make faults`."""

from evaluation.faults.inputs.case import BadInput
from evaluation.faults.inputs.run import judged


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
