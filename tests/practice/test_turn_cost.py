"""A turn of practice costs that turn: what was said before is not encoded or judged again, and nothing is missed."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from coachlake.conversations.conversation import Speaker, turn_of_line
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.language.encoder import MiniLmEncoder
from coachlake.language.head import ExemplarHead
from coachlake.practice.customer.understanding.understand import Understanding
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.session import Session
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import SignalKit
from coachlake.signals.live import LiveSignals
from coachlake.signals.signal import Signal
from tests.practice.reps import play, rep

_KINDS = ("hedge", "empathy", "paraphrase", "solution", "adaptability")
# No two turns of a long session are the same, so that each costs the encoder something.
_FLOWERS = ("rose", "tulip", "lily", "aster", "poppy", "daisy", "iris", "peony", "clover", "violet", "orchid", "fern")


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Sentences the encoder's model is run on, and moments the heads judge, from here."""
    done = {"encoded": 0, "judged": 0}
    vector, judge = MiniLmEncoder._vector, ExemplarHead.judge

    def counted_vector(self: MiniLmEncoder, text: str) -> Any:
        done["encoded"] += 1
        return vector(self, text)

    def counted_judge(self: ExemplarHead, moments: Any) -> Any:
        done["judged"] += len(moments)
        return judge(self, moments)

    monkeypatch.setattr(MiniLmEncoder, "_vector", counted_vector)
    monkeypatch.setattr(ExemplarHead, "judge", counted_judge)
    return done


def said(dialogue: Dialogue, speaker: Speaker, text: str) -> Dialogue:
    return dialogue.then(turn_of_line(0, speaker, text, dialogue.duration_s))


def test_the_twelfth_turn_costs_what_the_second_does(
    work: dict[str, int], scenarios: dict[str, Scenario], kit: SignalKit
) -> None:
    scenario = scenarios["double_charge_complaint"]
    understanding, spent = Understanding(scenario, kit), []
    dialogue = dialogue_of(Session(scenario, 1, kit, "s").conversation())
    for flower in _FLOWERS:
        before = dict(work)
        dialogue = said(dialogue, "rep", f"I'll send a {flower} to your door on Friday. What is the {flower} for?")
        understanding.acts(dialogue, [scenario.issues[0].id])
        dialogue = said(dialogue, "customer", f"The {flower} came late, that doesn't work for me.")
        spent.append({name: work[name] - before[name] for name in work})
    assert spent[1]["encoded"] == 3, "the customer's sentence and two of the rep"
    assert spent[1:] == spent[1:2] * (len(_FLOWERS) - 1)


def test_a_turn_alone_shows_what_the_whole_call_shows_there(
    start: Callable[[str, int], Session], kit: SignalKit
) -> None:
    found = list[Signal]()
    for name, kind in product(("hostile_outage", "contract_objection"), ("excellent", "scripted", "hedging")):
        whole = dialogue_of(play(start(name, 4), _hedging if kind == "hedging" else rep(kind, name, 4)).conversation())
        live = LiveSignals(kit)
        dialogue = replace(whole, turns=whole.turns[:1], duration_s=whole.turns[0].end_s)
        for turn in whole.turns[1:]:
            dialogue = dialogue.then(turn)
            if turn.speaker == "rep":
                now = live.of_last_turn(dialogue)
                there = [s for s in extract_signals(dialogue, kit) if s.turn_index == turn.turn_index]
                assert _told(now) == _told(there)
                found += now
        assert dialogue == whole
    assert {signal.kind for signal in found} == set(_KINDS)


def test_the_view_of_a_session_is_that_of_its_conversation(start: Callable[[str, int], Session]) -> None:
    def is_same(session: Session) -> bool:
        return session.dialogue() == dialogue_of(session.conversation())

    written, spoken = start("silent_customer", 1), start("silent_customer", 1)
    assert is_same(written)
    spoken.clock(0.0, 5.0)
    for number in range(4):
        written.say("What happens when you press the button?")
        spoken.say("What happens when you press the button?", start_s=10.0 * number + 4.8, end_s=10.0 * number + 7)
        assert is_same(written)
        assert is_same(spoken)
        spoken.clock(10.0 * number + 8, 10.0 * number + 14)
        assert is_same(spoken)
        assert spoken.dialogue().is_timed
        assert not written.dialogue().is_timed
    spoken.say("And then?")
    assert is_same(spoken)
    assert not spoken.dialogue().is_timed, "one line without a clock and none counts"


def _hedging(_: Session) -> str:
    return "I think that should probably arrive at some point, but I'm not really sure."


def _told(signals: Any) -> list[tuple[Any, ...]]:
    """Batches of another size may differ in the last digit of a probability."""
    kept = [signal for signal in signals if signal.kind in _KINDS]
    return sorted((s.kind, s.label, s.turn_index, s.quote, s.cue_turn_index, round(s.confidence, 5)) for s in kept)
