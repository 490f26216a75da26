"""Signals of a dialogue that is going on: what the rep's last turn did, at the cost of that turn alone."""

from coachlake.conversations.dialogue import Dialogue
from coachlake.conversations.endings import has_marks
from coachlake.signals.adaptability import Offers
from coachlake.signals.empathy import empathy_in
from coachlake.signals.hedges import hedges
from coachlake.signals.kit import SignalKit
from coachlake.signals.listening import paraphrases_in
from coachlake.signals.phases import solutions
from coachlake.signals.signal import Signal


class LiveSignals:
    """The signals of one dialogue as it grows. What earlier exchanges offered is kept, so each is judged once."""

    def __init__(self, kit: SignalKit) -> None:
        self._kit = kit
        self._offers = [Offers()]  # before each exchange

    def of_last_turn(self, dialogue: Dialogue) -> list[Signal]:
        """Hedges, empathy, paraphrases, solutions and adaptability of the last turn, the rep's: as `extract_signals`
        finds them there, without their phase. `dialogue`: that of the last time, and what was said since."""
        exchanges, kit = dialogue.exchanges, self._kit
        for done in exchanges[len(self._offers) - 1 : -1]:
            self._offers.append(self._offers[-1].then(done, kit))
        exchange = exchanges[-1]
        is_marked = has_marks([turn.text for turn in dialogue.by("rep")])
        found = [
            *hedges(exchange, kit),
            empathy_in(exchange, kit),
            *paraphrases_in(exchange, kit, is_marked=is_marked),
            *solutions(exchange, kit),
            self._offers[-1].adaptation_in(exchange, kit),
        ]
        last = dialogue.turns[-1].turn_index
        return [signal for signal in found if signal is not None and signal.turn_index == last]
