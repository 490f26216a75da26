from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from coachlake.practice.customer.acts import Offer, Question, find
from coachlake.practice.scenarios.keywords import keywords_in
from coachlake.practice.session import MAX_CHARACTERS, Session
from tests.practice.conftest import NAMES
from tests.practice.reps import HARD_KINDS, play, rep

Start = Callable[[str, int], Session]


def acts(session: Session) -> list[str]:
    return [act.function for act in session.lines[-1].acts]


def leaks(session: Session) -> list[str]:
    """Customer lines that tell a fact before the customer told it."""
    found, told = [], set[str]()
    for line in session.lines:
        if line.speaker != "customer":
            continue
        told |= {act.about or "" for act in line.acts if act.function == "fact"}
        untold = [fact for fact in session.scenario.facts if fact.id not in told]
        found += [f"{fact.id}: {line.text}" for fact in untold if keywords_in(line.text, fact.keywords)]
    return found


@pytest.mark.parametrize("kind", ["excellent", *HARD_KINDS])
def test_nothing_crashes_or_leaks(kind: str, start: Start) -> None:
    for name, seed in product(NAMES, range(2)):
        session = play(start(name, seed), rep(kind, name, seed))
        assert leaks(session) == []
        if kind != "excellent":
            assert session.ended_by in ("customer_hung_up", "unresolved")


def test_the_same_seed_is_the_same_customer_and_another_is_not(start: Start) -> None:
    def words(seed: int) -> list[str]:
        session = play(start("anxious_claimant", seed), rep("excellent", "anxious_claimant", 1))
        return [line.text for line in session.lines if line.speaker == "customer"]

    first, again, other, third = words(3), words(3), words(4), words(5)
    assert first == again
    for one, two in ((first, other), (other, third), (first, third)):
        assert len(set(one) & set(two)) <= len(one) / 2


def test_a_specific_acknowledgement_calms_and_a_brush_off_does_not(start: Start) -> None:
    def after(answer: str) -> float:
        session = start("hostile_outage", 1)
        session.say("So it's been off since Monday and each of us told you something else?")
        assert "escalation" in acts(session)
        before = session.state.affect.anger
        session.say(answer)
        return session.state.affect.anger - before

    named = after("Three days without orders, you have every right to be angry with us, and I'm staying on this.")
    passed_over = after("What is your customer number?")
    hurt = after("There is no need to shout at me, it's not my fault.")
    assert named < passed_over <= 0 < hurt


def test_closed_questions_in_a_row_wear_patience(start: Start) -> None:
    session = start("double_charge_complaint", 1)
    for question in ("Is the van blue?", "Do you have a garage?", "Did you buy it new?"):
        session.say(question)
    assert "criticise_questions" in acts(session)


def test_a_fix_before_anything_was_asked_is_too_soon(start: Start) -> None:
    session = start("silent_customer", 2)
    session.say("The battery is worn out, I'll send you a new one by courier on Wednesday.")
    assert acts(session) == ["too_soon"]


def test_a_hedge_invites_doubt(start: Start) -> None:
    session = start("cover_before_travel", 2)
    session.say("So you need to know for certain whether a hospital over there is covered, is that right?")
    session.say("What makes you think of hospitals?")
    session.say("I think treatment abroad might be covered, maybe, but I'm not really sure.")
    assert "doubt" in acts(session)


def test_an_ignored_second_issue_comes_back(start: Start) -> None:
    session = start("double_charge_complaint", 3)
    who = rep("excellent", "double_charge_complaint", 3)
    while "issue" not in acts(session):
        session.say(who(session))
    raised = len(session.lines)
    for idle in ("Okay, one moment.", "Right, let me see here.", "Mm, give me a second."):
        session.say(idle)
    after = [act for line in session.lines[raised:] for act in line.acts]
    assert "letter" in [act.about for act in after if act.function == "brings_back"]


def test_the_same_proposal_after_a_no_is_not_taken(start: Start) -> None:
    session = start("hostile_outage", 5)
    session.say("What do you see on the tablet right now?")
    session.say("Three days of this would make anyone furious. What is it showing?")
    session.say("I'm sending you a new adapter by courier, it arrives this afternoon.")
    assert "rejection" in acts(session)
    session.say("I'm sending you a new adapter by courier this afternoon, that's the way we do it.")
    assert session.state.settled == ()


@pytest.mark.parametrize(
    ("offer", "answer"),
    [
        ("The new certificate goes out to you by post this afternoon.", "rejection"),
        ("I'm sending the new certificate to his phone while we talk.", "accept"),
        ("I'm not posting it, you get the certificate as a file on your phone right away.", "accept"),
    ],
)
def test_only_what_was_offered_is_refused(offer: str, answer: str, start: Start) -> None:
    """In an earlier version a customer said "I can't wait for the post" to a rep who had offered none."""
    for seed in range(4):
        session = start("double_charge_complaint", seed)
        raised, settled = ("refund", "letter"), ("refund",)
        session.state = replace(session.state, told=("dates", "driver"), raised=raised, settled=settled)
        reply = session.say(offer)
        assert acts(session)[0] == answer
        assert ("post" in reply.text) == (answer == "rejection")


def test_who_wants_no_contract_says_so_only_of_a_contract(start: Start) -> None:
    """The sales scenario turns the first proposal down whatever it is, in words that fit it."""
    for offer, act in (
        ("I can offer you the yearly plan with the data move included.", "rejection"),
        ("What if two of you try it for a month and stop whenever you like?", "reject_other"),
    ):
        session = start("contract_objection", 1)
        session.state = replace(session.state, told=("last_time",), raised=("scheduling",))
        session.say(offer)
        assert acts(session) == [act]
        session.say("Then there is nothing to sign: I set it up here next to your paper diary, and you only watch it.")
        assert "accept" in acts(session)


@pytest.mark.parametrize(
    ("said", "performed", "not_performed"),
    [
        ("I'll write it up today and we speak on Thursday at noon, okay?", {"commit_date"}, {Question}),
        ("I'd like to hear how things run at your practice.", {Question("open")}, set()),
        ("What about a small test with two people next to your diary?", {Offer}, {Question}),
        ("Could I have your customer number?", {Question("closed", data="number")}, {Offer}),
        ("So with nine people the price seems out of proportion, right?", {"paraphrase"}, {Question}),
        ("Give me a second, please.", {"hold"}, {"tension"}),
        ("You'll have to calm down, that's not my fault.", {"tension"}, set()),
    ],
)
def test_turns_are_taken_as_they_are_meant(
    said: str, performed: set[object], not_performed: set[object], start: Start
) -> None:
    """Turns that reps typed and an earlier customer took for something else."""
    session = start("contract_objection", 1)
    session.say("Thank you for taking the time.")
    session.state = replace(session.state, told=("last_time",))
    session.say(said)
    found = {act if isinstance(act, str) else type(act) for act in session.rep_acts[-1]}
    question = find(session.rep_acts[-1], Question)
    if question is not None:
        found.add(Question(question.form, data=question.data))
    assert performed <= found
    assert found.isdisjoint(not_performed)


def test_interrupting_a_spoken_line_is_noticed(start: Start) -> None:
    session = start("anxious_claimant", 1)
    session.clock(0.0, 8.0)
    session.say("I just need your claim number.", start_s=7.2, end_s=9.5)
    assert "keep_turn" in acts(session)
    session.clock(10.0, 12.0)
    assert session.conversation().is_timed


def test_what_is_pasted_counts_only_so_far(start: Start) -> None:
    session = start("anxious_claimant", 1)
    session.say("Dear customer, we regret. " * 2_500)
    assert "not_followed" in acts(session)
    assert len(session.lines[-2].text) == MAX_CHARACTERS


def test_a_finished_session_takes_no_more_turns(start: Start) -> None:
    session = start("anxious_claimant", 1)
    session.leave()
    with pytest.raises(ValueError, match="start another attempt"):
        session.say("Hello?")
