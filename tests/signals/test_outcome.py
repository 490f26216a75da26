"""What a call came to, as it is heard in it."""

from coachlake.conversations.conversation import conversation_from_lines
from coachlake.conversations.dialogue import dialogue_of
from coachlake.signals.kit import SignalKit
from coachlake.signals.outcome import outcome
from coachlake.signals.signal import Signal

_BEGUN = """
r: Support, how can I help?
c: My card was blocked at the till and I stood there with a full trolley.
r: That must have been embarrassing. When did it happen?
c: An hour ago.
"""


def _heard(end: str, kit: SignalKit) -> dict[str, Signal]:
    said = [line.split(": ", 1) for line in (_BEGUN + end).splitlines() if line]
    lines = [("rep" if who == "r" else "customer", text) for who, text in said]
    return {signal.kind: signal for signal in outcome(dialogue_of(conversation_from_lines("x", lines)), kit)}


def test_the_end_of_a_call_says_what_it_came_to(kit: SignalKit) -> None:
    ends = {
        "solved": """
r: I've unblocked it, please try it once more.
c: Yes, it works now, that's wonderful, thank you so much.
r: You're welcome.
""",
        "promised": """
r: I can't unblock it from here. I'll send you a new card today by courier.
c: Okay.
r: It's with you tomorrow before noon.
""",
        "unsolved": """
r: Did you try another till?
c: I did, and it still doesn't work at all.
r: I see. Anything else?
""",
        "escalated": """
r: There's nothing I can do about that.
c: You're useless, all of you, I've had enough, I'm closing every account I have with you!
r: Goodbye.
""",
    }
    heard = {name: _heard(end, kit)["outcome"] for name, end in ends.items()}
    assert {name: signal.label for name, signal in heard.items()} == {name: name for name in ends}
    for name, signal in heard.items():
        assert signal.quote is not None
        assert signal.quote in ends[name]


def test_a_no_to_anything_else_leaves_nothing_open(kit: SignalKit) -> None:
    end = """
r: It's unblocked, please try it.
c: Perfect, it works.
r: Anything else I can help with?
c: No, that'll be all.
"""
    assert _heard(end, kit)["outcome"].label == "solved"


def test_a_content_customer_ends_higher_than_a_heated_one(kit: SignalKit) -> None:
    content = _heard("r: Done.\nc: Perfect, you've been a great help.", kit)["customer_state"].value
    heated = _heard("r: No.\nc: This is a disgrace, I want my money back now!", kit)["customer_state"].value
    assert content is not None
    assert heated is not None
    assert -1 <= heated < 0 < content <= 1


def test_nothing_is_heard_where_the_customer_says_nothing(kit: SignalKit) -> None:
    assert outcome(dialogue_of(conversation_from_lines("x", [("rep", "Hello?"), ("rep", "Anybody there?")])), kit) == []
