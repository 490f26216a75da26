"""The view of a call: marked once, cut once, and the same whether it was built whole or turn by turn."""

from dataclasses import replace

from coachlake.conversations.conversation import Speaker, Turn, conversation_from_lines, conversation_from_turns
from coachlake.conversations.dialogue import Dialogue, dialogue_of

_LINES: list[tuple[Speaker, str]] = [
    ("rep", "Garden centre, this is Ida. How can I help?"),
    ("customer", "The hedge I bought is brown."),
    ("customer", "Every twig!"),
    ("rep", "Mm-hmm."),
    ("customer", "And it was dear."),
    ("rep", "Brown within a week, that is a shame. When did you plant it?"),
    ("customer", "Right."),
    ("rep", "Was it before the frost?"),
    ("customer", "Yes."),
]


def _call() -> Dialogue:
    return dialogue_of(conversation_from_lines("call", _LINES))


def test_listening_tokens_are_marked_unless_they_answer_a_question() -> None:
    assert [turn.text for turn in _call().turns if turn.is_backchannel] == ["Mm-hmm."]
    no_question = [(who, text.replace("?", ".")) for who, text in _LINES]
    marked = dialogue_of(conversation_from_lines("call", no_question))
    assert [turn.text for turn in marked.turns if turn.is_backchannel] == ["Mm-hmm.", "Right.", "Yes."]


def test_an_exchange_is_what_the_customer_said_and_what_was_answered() -> None:
    exchanges = _call().exchanges
    assert [(len(exchange.cue), len(exchange.response)) for exchange in exchanges] == [(0, 1), (3, 1), (1, 1), (1, 0)]
    assert exchanges[1].cue_text == "The hedge I bought is brown. Every twig! And it was dear."
    answer = [sentence.text for sentence in exchanges[1].response_sentences]
    assert answer == ["Brown within a week, that is a shame.", "When did you plant it?"]


def test_every_part_of_the_view_holds_the_same_sentences() -> None:
    call = _call()
    by_turn = {sentence for said in call.sentences for sentence in said}
    by_exchange = {s for e in call.exchanges for s in (*e.cue_sentences, *e.response_sentences)}
    assert set(call.rep_sentences) | by_exchange == by_turn


def test_a_dialogue_that_goes_on_is_the_dialogue_built_whole() -> None:
    call = _call()
    grown = dialogue_of(conversation_from_lines("call", _LINES[:1]))
    for turn in call.turns[1:]:
        grown = grown.then(replace(turn, is_backchannel=False, turn_index=99))
        assert "exchanges" in vars(grown), "what was known is carried on, not worked out again"
    assert grown == call
    for part in ("sentences", "rep_sentences", "statements", "exchanges"):
        assert getattr(grown, part) == getattr(call, part)


def test_statements_join_what_lies_close_together() -> None:
    turns = [Turn(-1, "customer", 0, 2, "It is brown,"), Turn(-1, "customer", 2.4, 3, "all of it."),
             Turn(-1, "rep", 3.2, 3.6, "Right."), Turn(-1, "customer", 4, 6, "And it was dear.")]  # fmt: skip
    call = dialogue_of(conversation_from_turns("call", turns))
    assert [statement.text for statement in call.statements] == ["It is brown, all of it.", "And it was dear."]
    assert dialogue_of(call) is call
