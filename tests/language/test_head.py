"""A head gives the probabilities of the regression it is, to the last bit."""

import numpy as np
import pytest

from coachlake.language.encoder import load_encoder
from coachlake.language.head import fit_head
from coachlake.language.types import Example, Utterance

_SAID = [
    Example("The kettle is on its way.", "offers"),
    Example("I'll post a new lid today.", "offers"),
    Example("Which colour is yours?", "asks"),
    Example("When did you buy it?", "asks"),
    Example("Steam burns, be careful.", "warns"),
    Example("Do not fill it past the mark.", "warns"),
]


@pytest.mark.parametrize("labels", [("offers", "asks"), ("offers", "asks", "warns")])
@pytest.mark.parametrize("count", [1, 2, 7])
def test_probabilities_are_those_of_the_fitted_model(labels: tuple[str, ...], count: int) -> None:
    encoder = load_encoder("fast")
    head = fit_head([example for example in _SAID if example.label in labels], encoder)
    texts = [f"I can send number {number}, is that what you meant?" for number in range(count)]
    known = head._model.predict_proba(encoder.encode(texts))
    found = head.judge([Utterance(text) for text in texts])
    assert np.array_equal([[verdict.probabilities[label] for label in sorted(labels)] for verdict in found], known)
    assert head.judge([]) == []
