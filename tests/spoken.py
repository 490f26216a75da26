"""A short call spoken by the offline voice, with what is said when."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from coachlake.speech.decode import decode
from demonstration.dialogue import Line
from demonstration.layout import Placed
from demonstration.speech import Recipe, speak

_LINES = [
    Line("rep", "Thank you for calling Harbour, this is Dana, how can I help you today?"),
    Line("customer", "Hello, my kitchen was under water this morning and the floor is ruined."),
    Line("rep", "I am sorry to hear about your kitchen, when did you first see the water?"),
    Line("customer", "At seven, when I came down for breakfast it was already above my ankles."),
    Line("rep", "Was anybody hurt, and did you turn the water off?"),
    Line("customer", "Nobody was hurt, but we have no kitchen, so I called the plumber and", is_broken_off=True),
    Line("rep", "What is your policy number please?", "cut"),
    Line("customer", "It is on the letter, four seven one nine."),
    Line("rep", "Thank you, a surveyor will come to your house on Thursday morning."),
    Line("customer", "All right, Thursday morning is fine for us."),
]


@dataclass(frozen=True)
class SpokenCall:
    """The recording (8 kHz, rep left, customer right) and its gold."""

    path: Path
    placed: list[Placed]

    @property
    def samples(self) -> NDArray[np.float32]:
        """Channels × samples at 16 kHz."""
        return decode(self.path).samples

    def lines(self, speaker: str) -> list[Placed]:
        """What one of them says."""
        return [place for place in self.placed if place.line.speaker == speaker]


@pytest.fixture(scope="session")
def spoken_call(tmp_path_factory: pytest.TempPathFactory) -> SpokenCall:
    path = tmp_path_factory.mktemp("spoken") / "call.wav"
    return SpokenCall(path, speak(_LINES, Recipe(path, "rep_left", rep_pitch=1.04, customer_pitch=0.8, seed=5)))
