"""Who cuts whom off, told from when words are said and how they end."""

from dataclasses import replace

from coachlake.conversations.conversation import Speaker, Turn, Word, conversation_from_turns
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.signals.interruptions import interruptions

_WORD_S = 0.3


def _said(speaker: Speaker, start_s: float, text: str, *, has_words: bool = True) -> Turn:
    """Words of 0.3 s, one after another; "|" is a pause of as long."""
    words, clock = [], start_s
    for token in text.split():
        if token != "|":
            words.append(Word(token, clock, clock + _WORD_S))
        clock += _WORD_S
    plain = " ".join(word.text for word in words)
    return Turn(-1, speaker, start_s, words[-1].end_s, plain, tuple(words) if has_words else ())


def _call(*turns: Turn) -> Dialogue:
    return dialogue_of(conversation_from_turns("call", list(turns)))


# Ends at 3.0 s.
_COMPLAINT = _said("customer", 0.0, "I waited the whole morning for your man again today.")
_CUT = _said("customer", 0.0, "I waited the whole morning for your man and the")  # 3.0 s


def _starts(call: Dialogue) -> list[float]:
    return [round(signal.start_s or 0.0, 2) for signal in interruptions(call)]


def test_rep_who_cuts_off_a_sentence_interrupts() -> None:
    call = _call(_CUT, _said("rep", 2.6, "What is your policy number please?"))
    (found,) = interruptions(call)
    assert found.start_s == 2.6
    assert found.quote == "What is your policy number please?"
    assert call.turns[found.cue_turn_index or 0].text.endswith("and the")
    assert found.value is not None
    assert abs(found.value - 0.4) < 0.01


def test_claim_far_from_the_end_interrupts_even_where_the_words_could_be_an_end() -> None:
    assert _starts(_call(_COMPLAINT, _said("rep", 2.4, "What is your policy number please?"))) == [2.4]


def test_answer_on_the_last_word_is_turn_taking() -> None:
    assert _starts(_call(_COMPLAINT, _said("rep", 2.7, "What is your policy number please?"))) == []


def test_okay_over_the_end_claims_nothing() -> None:
    call = _call(_COMPLAINT, _said("rep", 2.3, "Okay, right. What is your policy number please?"))
    assert _starts(call) == []


def test_okay_over_a_sentence_that_breaks_off_is_part_of_cutting_it_off() -> None:
    assert _starts(_call(_CUT, _said("rep", 2.6, "Okay, what is your policy number?"))) == [2.6]


def test_backchannel_inside_a_statement_is_none() -> None:
    assert _starts(_call(_COMPLAINT, _said("rep", 1.5, "Mm-hm, right."))) == []


def test_customer_who_talks_on_was_not_interrupted() -> None:
    call = _call(_COMPLAINT, _said("rep", 0.9, "What is your policy number?"))
    assert _starts(call) == []


def test_customer_who_goes_on_at_once_over_the_rep_did_not_yield() -> None:
    customer = _said("customer", 0.0, "I waited for hours | the whole morning for your man today.")
    assert _starts(_call(customer, _said("rep", 0.7, "What is your policy number and your full name please?"))) == []


def test_customer_who_waits_until_the_rep_is_done_was_interrupted() -> None:
    customer = _said("customer", 0.0, "I waited for hours and my | So what happens now?")
    assert _starts(_call(customer, _said("rep", 0.9, "Did you ring?"))) == [0.9]


def test_both_starting_at_once_is_no_interruption() -> None:
    assert _starts(_call(_said("customer", 0.0, "Well and the"), _said("rep", 0.3, "So what is your number?"))) == []


def test_statement_counts_once() -> None:
    call = _call(_CUT, _said("rep", 2.5, "What is your number?"), _said("rep", 2.6, "And your full name?"))
    assert len(_starts(call)) == 1


def test_times_written_by_hand_need_words_that_break_off() -> None:
    answer = _said("rep", 2.2, "What is your policy number please?", has_words=False)
    whole = _said("customer", 0.0, "I waited the whole morning for your man again today.", has_words=False)
    broken = _said("customer", 0.0, "I waited the whole morning for your man and the", has_words=False)
    more = _said("customer", 6.0, "Yes. It is on the letter.", has_words=False)
    assert _starts(_call(whole, answer, more)) == []
    assert _starts(_call(broken, answer, more)) == [2.2]


def test_no_clock_no_interruptions() -> None:
    call = _call(_CUT, _said("rep", 2.6, "What is your policy number please?"))
    assert interruptions(replace(call, is_timed=False)) == []


def test_good_that_begins_a_sentence_is_part_of_the_claim() -> None:
    assert _starts(_call(_COMPLAINT, _said("rep", 2.4, "Good that you rang us today."))) == [2.4]
    assert _starts(_call(_COMPLAINT, _said("rep", 2.4, "Good. We will look at it."))) == []
