"""Who is the rep: what each kind of evidence says, and when a person is asked."""

from dataclasses import replace

import pytest

from coachlake.conversations.assemble import conversation_of
from coachlake.conversations.known import Known
from coachlake.conversations.rep_likeness import chance_of_rep, rep_likeness
from coachlake.conversations.roles import WORDS_DECIDE_FROM, decide_roles
from coachlake.conversations.transcript import Participant, Role, Segment, Transcript

_CALL = [
    ("a", "Thank you for calling Larch Energy, this is Nadia, how can I help you today?"),
    ("b", "Hi, my meter was changed on Monday and I have had no hot water since."),
    ("a", "No hot water since Monday, that must be miserable. May I have your account number?"),
    ("b", "It is four four one. I need this sorted, my daughter is ill."),
    ("a", "With your daughter ill that comes first. I can send an engineer to you this afternoon."),
    ("b", "This afternoon would be good, thank you."),
]


def transcript(lines: list[tuple[str, str]], *participants: Participant) -> Transcript:
    segments = tuple(Segment(who, 4.0 * i, 4.0 * i + 3, text) for i, (who, text) in enumerate(lines))
    labels = dict.fromkeys(who for who, _ in lines)
    return Transcript(segments, participants or tuple(Participant(label) for label in labels), "test")


def swapped(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("b" if who == "a" else "a", text) for who, text in lines]


def rep_of(found: object) -> str:
    return next(label for label, role in found.of.items() if role == "rep")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("lines", "rep"), [(_CALL, "a"), (swapped(_CALL), "b")])
def test_words_decide_where_nothing_else_is_known(lines: list[tuple[str, str]], rep: str) -> None:
    found = decide_roles(transcript(lines), Known())
    assert (rep_of(found), found.decided_by, found.question) == (rep, "words", None)


def test_words_that_leave_it_open_are_a_question() -> None:
    lines = [("a", "Hello?"), ("b", "Yes, hello."), ("a", "It rained here."), ("b", "It rained here as well.")]
    found = decide_roles(transcript(lines), Known())
    assert found.decided_by == "undecided"
    assert found.question


def test_the_name_in_the_facts_beats_the_manner_of_speaking() -> None:
    people = (Participant("a", name="Sam Cole"), Participant("b", name="RUIZ, Ána"))
    found = decide_roles(transcript(_CALL, *people), Known(rep_name="Ana Ruiz"))
    assert (rep_of(found), found.decided_by, found.question) == ("b", "rep_name", None)


def test_a_rep_who_gives_the_name_in_the_facts_is_found_by_it() -> None:
    found = decide_roles(transcript(_CALL), Known(rep_name="Nadia Brandt"))
    assert (rep_of(found), found.decided_by) == ("a", "rep_name")


def test_roles_of_the_source_decide() -> None:
    people = (Participant("a", role="customer"), Participant("b", role="rep"))
    lines = [("a", "Hello, Lakeside Dental, this is Priya."), ("b", "Hi Priya."), ("a", "Hi."), ("b", "So, chairs.")]
    found = decide_roles(transcript(lines, *people), Known(direction="outbound"))
    assert (rep_of(found), found.decided_by, found.question) == ("b", "source_roles", None)


def test_a_layout_that_the_words_contradict_is_asked_about() -> None:
    people = (Participant("a", channel=0), Participant("b", channel=1))
    agreed = decide_roles(transcript(_CALL, *people), Known(channel_layout="rep_left"))
    assert (rep_of(agreed), agreed.decided_by, agreed.question) == ("a", "channel_layout", None)
    contradicted = decide_roles(transcript(_CALL, *people), Known(channel_layout="rep_right"))
    assert contradicted.question is not None
    assert "right" in contradicted.question


def test_a_layout_and_a_name_that_disagree_are_asked_about() -> None:
    people = (Participant("a", name="Nadia", channel=0), Participant("b", name="Sam", channel=1))
    found = decide_roles(transcript(_CALL, *people), Known(rep_name="Nadia", channel_layout="rep_right"))
    assert found.question is not None


def test_who_answers_an_outbound_call_is_not_the_rep_for_greeting() -> None:
    lines = [
        ("a", "Lakeside Dental, this is Priya speaking, how can I help?"),
        ("b", "Hello Priya, I'm calling from Alder Chairs about your waiting room. Is this a good time?"),
        ("a", "I have a minute."),
        ("b", "What would you like your patients to sit on? We have two ranges that could be for you."),
        ("a", "My budget is small and I need twelve."),
    ]
    found = decide_roles(transcript(lines), Known(direction="outbound"))
    assert rep_of(found) == "b"


def test_an_answer_settles_the_matter() -> None:
    found = decide_roles(transcript(_CALL), Known(rep_name="Nadia", answers={"b": "rep"}))
    assert (rep_of(found), found.decided_by, found.confidence) == ("b", "answer", 1.0)
    assert found.of["a"] == "customer"


def test_only_the_named_reps_leg_is_scored() -> None:
    lines = [
        *_CALL[:3],
        ("c", "Hello, Otto from the workshop here, what is your address? We can be there at four."),
        ("b", "Mill Lane nine. Your man never came last time, I'm furious!"),
        ("c", "You have to be at home, I can't help that."),
        ("m", "Your call may be recorded."),
    ]
    people = (
        Participant("a", "Nadia"),
        Participant("b"),
        Participant("c", "Otto", "rep"),
        Participant("m", role="system"),
    )
    found = decide_roles(transcript(lines, *people), Known(rep_name="Nadia"))
    roles: dict[str, Role] = {"a": "rep", "b": "customer", "c": "other_rep", "m": "system"}
    assert found.of == roles
    scored = conversation_of("call", transcript(lines, *people), found)
    assert {turn.text for turn in scored.turns} == {text for _, text in _CALL[:3]}
    assert [aside.role for aside in scored.others] == ["other_rep", "customer", "other_rep", "system"]


def test_several_agents_and_no_name_are_a_question() -> None:
    lines = [*_CALL[:3], ("c", "Hello, this is Otto, how can I help you?"), ("b", "My heating is off.")]
    people = (Participant("a", role="rep"), Participant("b", role="customer"), Participant("c", role="rep"))
    assert decide_roles(transcript(lines, *people), Known()).question is not None
    named = replace(people[2], name="Otto Berg")
    found = decide_roles(transcript(lines, people[0], people[1], named), Known(rep_name="Otto Berg"))
    assert (rep_of(found), found.of["a"], found.question) == ("c", "other_rep", None)


def test_a_rule_stands_for_the_layout_and_not_for_a_name() -> None:
    people = (Participant("left", channel=0), Participant("right", channel=1))
    lines = [("left" if who == "a" else "right", text) for who, text in _CALL]
    wired = Known(channel_layout="rep_right")
    found = decide_roles(transcript(lines, *people), replace(wired, rule="left"))
    assert (rep_of(found), found.decided_by, found.question) == ("left", "rule", None)
    named = decide_roles(transcript(lines, *people), Known(rep_name="Nadia Brandt", rule="right"))
    assert named.question is not None
    assert "the rule for its queue" in named.question


def test_a_rule_for_somebody_who_does_not_speak_counts_for_nothing() -> None:
    found = decide_roles(transcript(_CALL), Known(rule="c"))
    assert (rep_of(found), found.decided_by) == ("a", "words")


def test_a_rep_is_told_by_small_words_whatever_the_business() -> None:
    rep = [
        "Could you show me where it hurts you?",
        "You can sit up. Do you sleep on your side?",
        "Your back will ease.",
    ]
    patient = ["I fell off my bike.", "I landed on my hip and I can't lie on it.", "I hope so, my work is on my feet."]
    serves, is_served = rep_likeness(rep, None), rep_likeness(patient, None)
    assert chance_of_rep(serves, is_served) > WORDS_DECIDE_FROM
    assert chance_of_rep(is_served, serves) == pytest.approx(1 - chance_of_rep(serves, is_served))
    assert chance_of_rep(rep_likeness(rep[:1], None), rep_likeness(patient[:1], None)) == 0.5, "a sentence is nothing"


def test_several_voices_under_a_label_that_is_scored_are_a_question() -> None:
    left, right = Participant("a", channel=0), Participant("b", channel=1)
    layout = Known(channel_layout="rep_left")
    shared = decide_roles(transcript(_CALL, replace(left, voices=2), right), layout)
    assert shared.question is not None
    assert "2 voices" in shared.question
    couple = decide_roles(transcript(_CALL, left, replace(right, voices=2)), layout)
    assert couple.question is None, "two customers on a line of their own are one side of the call"
    mixed = decide_roles(
        transcript(_CALL, Participant("a"), Participant("b", voices=2)), Known(rep_name="Nadia Brandt")
    )
    assert mixed.question is not None
    answered = decide_roles(transcript(_CALL, replace(left, voices=2), right), Known(answers={"a": "rep"}))
    assert answered.question is None


@pytest.mark.parametrize("label", ["a", "b"])
def test_a_colleague_who_picks_up_under_a_known_label_is_a_question(label: str) -> None:
    lines = [
        *_CALL[:4],
        ("a", "The workshop has the part, let me put you through."),
        ("b", "Go ahead."),
        (label, "Hello, this is Otto from the workshop. What is your street?"),
    ]
    found = decide_roles(transcript(lines), Known(rep_name="Nadia Brandt"))
    assert found.question is not None
    assert label in found.question
    for who, text in (("c", lines[-1][1]), ("a", "Hello, this is Nadia again. The workshop is busy.")):
        told_apart = transcript([*lines[:-1], (who, text)])
        assert decide_roles(told_apart, Known(rep_name="Nadia Brandt")).question is None
