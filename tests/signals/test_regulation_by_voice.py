"""Regulation heard: the same words, but the rep gets louder and faster than their own baseline as the call heats up."""

from dataclasses import replace

from coachlake.conversations.conversation import Speaker, Turn, Voice, conversation_from_turns
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import SignalKit

_LINES: list[tuple[Speaker, str]] = [
    ("customer", "I'm calling about the bill you sent me."),
    ("rep", "Which bill is it that you mean?"),
    ("customer", "The one from March, it's twice what I paid before."),
    ("rep", "The price went up in the spring."),
    ("customer", "Nobody told me, and you people never pick up the phone."),
    ("rep", "We did write to you about that."),
    ("customer", "That's a lie, you never wrote to me, this is a disgrace."),
    ("rep", "That letter was sent on the fourth."),
    ("customer", "You're liars, I want to speak to your manager right now!"),
    ("rep", "It is not my fault, I already told you that."),
]
_HEATED_FROM = 5


def _call(raised: float, lines: list[tuple[Speaker, str]]) -> Dialogue:
    """The rep's voice is `raised` robust standard deviations above their own baseline once the customer is heated."""
    turns = []
    for index, (speaker, text) in enumerate(lines):
        turn = Turn(-1, speaker, 4.0 * index, 4.0 * index + 3.5, text)
        z = raised if speaker == "rep" and index >= _HEATED_FROM else 0.0
        turns.append(replace(turn, voice=Voice(pitch_z=z, loudness_z=z, rate_z=z)))
    return dialogue_of(conversation_from_turns("call", turns))


def _regulation(raised: float, kit: SignalKit, lines: list[tuple[Speaker, str]] = _LINES) -> dict[str, float | None]:
    return {s.label: s.value for s in extract_signals(_call(raised, lines), kit) if s.kind == "regulation"}


def test_a_rep_who_gets_louder_and_faster_as_the_customer_heats_up_has_a_steeper_slope(kit: SignalKit) -> None:
    level, raised = _regulation(0.0, kit), _regulation(3.0, kit)
    assert raised["slope"] is not None
    assert level["slope"] is not None
    assert raised["slope"] > level["slope"]
    assert raised["slope_low"] is not None
    assert raised["slope_high"] is not None
    assert raised["slope_low"] < raised["slope"] < raised["slope_high"]


def test_a_raised_voice_makes_tense_words_tenser_and_a_lowered_one_less(kit: SignalKit) -> None:
    def tension(raised: float) -> float:
        found = [s for s in extract_signals(_call(raised, _LINES), kit) if s.kind == "tension"]
        return max((signal.value or 0.0 for signal in found), default=0.0)

    assert tension(3.0) > tension(0.0) >= tension(-2.0)


def test_a_raised_voice_alone_is_no_regulation_where_the_customer_never_heats_up(kit: SignalKit) -> None:
    calm: list[tuple[Speaker, str]] = [
        (who, "I'd like to ask about the bill from March, please." if who == "customer" else text)
        for who, text in _LINES
    ]
    assert _regulation(3.0, kit, calm) == {}
