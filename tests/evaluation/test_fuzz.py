"""Every parser reads made-up files or says why not; `make faults` throws many more at them."""

import pytest

from evaluation.faults.inputs.fuzz import fuzz


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_no_parser_ends_in_an_exception_of_its_own_making() -> None:
    outcomes = list(fuzz(examples=25))
    assert len(outcomes) > 40
    assert [(outcome.case, outcome.note) for outcome in outcomes if outcome.outcome != "right"] == []
