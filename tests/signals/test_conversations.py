"""Short dialogues a coach would label without doubt, and what each signal makes of them."""

from collections.abc import Callable

from coachlake.conversations.conversation import Speaker, conversation_from_lines
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal

_WHO: dict[str, Speaker] = {"r": "rep", "c": "customer"}


def _call(dialogue: str) -> Dialogue:
    """Lines of `r: ...` (rep) and `c: ...` (customer)."""
    lines = [line.strip().split(": ", 1) for line in dialogue.strip().splitlines()]
    return dialogue_of(conversation_from_lines("call", [(_WHO[who], text) for who, text in lines]))


def _found(dialogue: str, kit: SignalKit, kind: str) -> list[Signal]:
    return [signal for signal in extract_signals(_call(dialogue), kit) if signal.kind == kind]


def _labels(dialogue: str, kit: SignalKit, kind: str) -> list[str]:
    return [signal.label for signal in _found(dialogue, kit, kind)]


FIRE = """
r: Harbour Insurance, how can I help?
c: We had a fire in the garage last night and my little girl still won't go near the house.
r: {answer}
"""


def test_naming_the_situation_is_good_a_phrase_average_and_process_poor(kit: SignalKit) -> None:
    good = "A fire in your garage, and your little girl too frightened to go near the house, that must be so hard."
    for answer, level in (
        (good, "good"),
        ("I'm sorry to hear that.", "average"),
        ("I understand.", "average"),
        ("Policy number?", "poor"),
        ("Can I have your policy number please?", "poor"),
    ):
        assert _labels(FIRE.format(answer=answer), kit, "empathy") == [level]


def test_the_empathy_evidence_is_the_sentence_that_shows_it_with_the_cue_it_answers(kit: SignalKit) -> None:
    answer = "Okay. I'm sorry to hear that. What is your policy number?"
    (moment,) = _found(FIRE.format(answer=answer), kit, "empathy")
    assert (moment.quote, moment.cue_turn_index) == ("I'm sorry to hear that.", 1)


def _wrong(texts: tuple[str, ...], is_right: Callable[[str], bool]) -> list[str]:
    """The texts that are judged wrongly. A learned judge is right on nearly all of a list, not on each of its lines."""
    return [text for text in texts if not is_right(text)]


def test_trouble_that_is_denied_is_no_opportunity_and_trouble_beside_a_denial_is(kit: SignalKit) -> None:
    dialogue = "r: Ashdown Cars, how can I help?\nc: {cue}\nr: We open at eight tomorrow."
    calm = (
        "The lamp came on, but I'm not, you know, terrified or anything.",
        "I'm not worried about it, I'd only like to know what it means.",
        "It was only a scratch, nothing I'd lose sleep over.",
        "No, no, we're all fine here, I just want to book a service.",
        "It makes a funny noise, I don't mind, I'd just like to know why.",
        "I'm not upset about the wait at all.",
    )
    assert len(_wrong(calm, lambda cue: not _found(dialogue.format(cue=cue), kit, "empathy"))) <= 1
    troubled = "I'm not angry with you, I'm just scared of driving my kids around in it."
    assert _labels(dialogue.format(cue=troubled), kit, "empathy") == ["poor"]


def test_plain_business_is_no_opportunity_for_empathy(kit: SignalKit) -> None:
    dialogue = """
    r: Brightbox, this is Carla, what can I do for you?
    c: I'd like to add two more users to our plan please.
    r: Sure, which plan are you on?
    c: The small one, with ten users.
    r: Done, you have twelve users now.
    """
    assert _found(dialogue, kit, "empathy") == []


def test_announcing_an_answer_offers_none(kit: SignalKit) -> None:
    empty = (
        "We do have several choices for you.",
        "We would be delighted to sort that out for you.",
        "There are a few things we could look at.",
        "You are in good hands.",
        "I'm certain we have something that suits you.",
        "That is what we are here for.",
    )
    cue = "c: My fridge stopped working yesterday evening.\nr: "
    assert len(_wrong(empty, lambda text: not _found(cue + text, kit, "solution"))) <= 1
    offer = "I'll send a technician to you tomorrow at nine."
    assert len(_found(f"c: My fridge stopped working yesterday evening.\nr: {offer}", kit, "solution")) == 1


QUESTIONS = {
    "open": (
        "What happens when you press the button?",
        "How has that changed the way you work?",
        "And, um, what- what brought you to us?",
        "Why did you choose that one?",
        "Can you tell me what you've tried so far?",
        "Tell me about your day at the office.",
        "What kind of jobs do you use it for?",
        "It's the, it-- what was different that day?",
        "So wh-what would you like it to do?",
        "Can you elaborate on that?",
    ),
    "closed": (
        "Is the light green?",
        "Did you restart it?",
        "What's your account number?",
        "When did you buy it?",
        "How many people will use it?",
        "On a scale of one to ten, how happy are you with it?",
        "Would you prefer Tuesday or Wednesday?",
        "So it stopped after the update?",
        "Could you give me your postcode?",
    ),
}


def test_questions_are_open_or_closed_by_their_form(kit: SignalKit) -> None:
    for label, texts in QUESTIONS.items():
        for text in texts:
            dialogue = f"r: Hello.\nc: I have some trouble with the thing you sold me.\nr: {text}\nc: Well."
            assert _labels(dialogue, kit, "question") == [label], text


def test_statements_and_requests_that_look_like_questions_are_none(kit: SignalKit) -> None:
    for text in ("Have a lovely day.", "Do that first, please.", "What I can do is send you a new one.", "Okay."):
        assert _found(f"c: My phone is broken and I need it.\nr: {text}", kit, "question") == []


def test_a_hedged_answer_counts_and_politeness_empathy_and_honest_scoping_do_not(kit: SignalKit) -> None:
    hedged = "I think it should arrive on Friday, but I'm not really sure."
    assert [s.quote for s in _found(f"c: When will it come?\nr: {hedged}", kit, "hedge")] == [hedged]
    firm = (
        "It arrives on Friday.",
        "I don't have the date here, I'm asking the warehouse and I'll call you before four.",
        "I think that must have been a shock for you.",
        "Could you maybe spell that for me?",
        "It will be with you on Tuesday, I have it on the screen here.",
        "I think you will like this one.",
    )
    assert len(_wrong(firm, lambda text: not _found(f"c: When will it come?\nr: {text}", kit, "hedge"))) <= 1


def test_giving_back_the_concern_is_a_paraphrase_and_asking_advising_or_informing_is_not(kit: SignalKit) -> None:
    cue = "The app signs me out every time I open a report, and I have to start all over."
    said = "So every time you open a report it signs you out and your work is gone."
    assert [s.quote for s in _found(f"c: {cue}\nr: {said}", kit, "paraphrase")] == [said]
    for other in (
        "What does it say when it signs you out?",
        "So, what else have you noticed when you open a report?",
        "You should try another browser.",
        "Reports are kept for thirty days.",
        "I'd be happy to look into that for you.",
        "It's on the way.",
        "Okay, just a moment.",
    ):
        assert _found(f"c: {cue}\nr: {other}", kit, "paraphrase") == [], other


def test_what_breaks_off_gives_nothing_back(kit: SignalKit) -> None:
    dialogue = """
    r: Support, this is Lou, how can I help?
    c: The app signs me out every time I open a report, and I have to start all over.
    r: The report that signs you out is on
    c: It's the weekly one.
    r: Okay.
    """
    assert _found(dialogue, kit, "paraphrase") == []


PHASES = """
r: Harbour Insurance, this is Sam speaking, how can I help?
c: I came back from holiday and somebody had broken the back window.
r: What did they take?
c: The laptop and some jewellery.
r: I'm opening the claim now and a glazier will be with you at five today.
c: Great, thanks.
r: Is there anything else I can help you with? Goodbye then.
"""


def test_a_call_opens_discovers_resolves_and_closes(kit: SignalKit) -> None:
    solutions = _found(PHASES, kit, "solution")
    assert solutions
    assert solutions[0].turn_index == 4
    phases = {s.turn_index: s.phase for s in extract_signals(_call(PHASES), kit) if s.turn_index is not None}
    assert (phases[2], phases[4]) == ("discovery", "resolution")
    clarifying = _found(PHASES, kit, "clarifying_question")
    assert [signal.quote for signal in clarifying] == ["What did they take?"]


def test_anger_at_the_company_is_escalation_and_trouble_told_calmly_is_not(kit: SignalKit) -> None:
    angry = (
        "This is absolutely ridiculous, I want your manager right now.",
        "You people lied to me.",
        "Oh great, another form to fill in.",
        "I have had enough of your excuses.",
        "You have cost me a whole day and nobody there cares.",
        "Put somebody on who knows what they are doing.",
    )
    assert len(_wrong(angry, lambda text: _labels(f"r: Hello.\nc: {text}", kit, "escalation") == ["heated"])) <= 1
    for calm in (
        "My basement is under water and I'm a bit worried.",
        "I'd like to cancel the old contract.",
        "My landlord is a crook, so we're moving out.",
        "Sure, the last name is W-H-I-T-A-K-E-R.",
        "Great, thanks for sorting that out.",
    ):
        assert _found(f"r: Hello.\nc: {calm}", kit, "escalation") == [], calm


HEATED = """
r: Support, how can I help?
c: My router drops the line every evening.
r: Since when does it do that?
c: For two weeks, and you people told me it was fixed. This is a joke.
r: {first}
c: Unbelievable, are you even listening to me?
r: {second}
c: Okay.
r: A technician comes tomorrow at nine.
c: Fine, thanks.
r: You're welcome.
"""


def _slope(first: str, second: str, kit: SignalKit) -> float:
    signals = _found(HEATED.format(first=first, second=second), kit, "regulation")
    return next(s.value or 0.0 for s in signals if s.label == "slope")


def test_answering_anger_in_kind_shows_as_a_steeper_slope_than_staying_level(kit: SignalKit) -> None:
    in_kind = _slope("That's not my fault.", "You need to calm down, I already told you that.", kit)
    level = _slope("You're right to expect better from us.", "Let me get this right for you now.", kit)
    assert in_kind > level + 0.2


def test_regulation_is_absent_where_the_customer_never_escalates(kit: SignalKit) -> None:
    assert _found(PHASES, kit, "regulation") == []


REJECTED = """
r: Support, how can I help?
c: My router does nothing at all since this morning.
r: Please hold the power button for ten seconds to restart it.
c: I already tried that and it didn't help.
r: {then}
"""


def test_after_a_failed_attempt_the_rep_changes_approach_or_repeats_it(kit: SignalKit) -> None:
    changed = REJECTED.format(then="Then it isn't that, I'll send you a new power supply by courier.")
    repeated = REJECTED.format(then="Please hold the power button for ten seconds again.")
    assert _labels(changed, kit, "adaptability") == ["changed"]
    assert _labels(repeated, kit, "adaptability") == ["repeated"]


TURNED_DOWN = """
r: Lakeside Dental, how can I help?
c: I'd like to move my cleaning to another day.
r: I can put you in for Tuesday at nine.
c: {no}
r: Then come on Saturday, we open at ten.
"""


def test_a_proposal_is_turned_down_in_many_ways(kit: SignalKit) -> None:
    for no in (
        "I can't leave the shop on a weekday, there'd be nobody at the till.",
        "Tuesday's no good, I'm on the early shift.",
        "That won't help me, I'm flying out on Monday.",
        "A weekday is out of the question.",
        "I'm not getting up that early again.",
    ):
        found = _found(TURNED_DOWN.format(no=no), kit, "adaptability")
        assert [(signal.label, signal.cue_turn_index) for signal in found] == [("changed", 3)], no


def test_accepting_or_telling_a_trouble_turns_nothing_down(kit: SignalKit) -> None:
    for yes in (
        "Tuesday at nine is fine, I'm off that day.",
        "Perfect, thanks a lot.",
        "My filling fell out in spring and it's been sore since.",
    ):
        assert _found(TURNED_DOWN.format(no=yes), kit, "adaptability") == [], yes


def test_a_no_that_answers_a_question_is_no_rejection(kit: SignalKit) -> None:
    dialogue = """
    r: Support, how can I help?
    c: The screen stays black since this morning.
    r: I'll run a test on your line now. What does the box show?
    c: Nothing, no lights at all, I can't see a thing.
    r: Okay, I see it from here.
    """
    assert _found(dialogue, kit, "adaptability") == []


def test_a_no_to_a_plain_question_is_no_failed_attempt(kit: SignalKit) -> None:
    dialogue = """
    c: I'd like a new cable please.
    r: Is it for the office?
    c: No, it's for my home.
    r: Okay, which length?
    """
    assert _found(dialogue, kit, "adaptability") == []


def test_backchannels_neither_ask_nor_hedge_nor_answer(kit: SignalKit) -> None:
    dialogue = """
    c: The water came through the ceiling and I'm at my wits' end.
    r: Mm-hmm.
    c: It ruined the sofa, the carpet, everything we have in there.
    r: Your sofa, your carpet, everything in that room ruined, that must be awful.
    """
    moments = _found(dialogue, kit, "empathy")
    assert [(m.label, m.turn_index) for m in moments] == [("good", 3)]


def test_an_untimed_conversation_has_no_timing_signals(kit: SignalKit) -> None:
    assert _found(PHASES, kit, "talk") == []
    assert _found(PHASES, kit, "interruption") == []


def test_every_quote_is_verbatim_in_its_turn(kit: SignalKit) -> None:
    call = _call(HEATED.format(first="That's not my fault.", second="You need to calm down."))
    quoted = [s for s in extract_signals(call, kit) if s.quote is not None and s.turn_index is not None]
    assert quoted
    assert all(s.quote in call.turns[s.turn_index or 0].text for s in quoted if s.quote)
