"""Is it a conversation? By its shape first; what machines say only names the reason."""

from collections.abc import Sequence
from typing import NamedTuple

from coachlake.admission.admission import Code
from coachlake.admission.loops import is_empty_talk
from coachlake.admission.phrases import (
    calls_out,
    is_announcement,
    is_message,
    is_wrong_number,
    menu_phrases,
    names_keys,
    voicemail_phrases,
)
from coachlake.admission.sides import Shape, shape_of
from coachlake.conversations.transcript import Segment

# The least a conversation holds. Of 1,196 whole conversations of four published corpora (telephone small talk,
# consultations, counselling, persuasion) the shortest has 35 words and 6 stretches, and who says least says 16 words;
# of 826 help desk chats 2 % fall short.
LEAST_WORDS = 25
LEAST_WORDS_A_SIDE = 5
# A greeting and a message are two stretches, and so is a chat of one question and one answer; on a call the word goes
# back and forth.
_LEAST_STRETCHES_CALL = 4
_LEAST_STRETCHES_CHAT = 2
# Two long pieces that hold nearly everything, with hardly a change between: a greeting and a message, a stray word.
_MONOLOGUES_SHARE = 0.85
_MONOLOGUES_STRETCHES = 6
# Whoever talks to a menu says a word or two at a time; a person explaining says more.
_MENU_PHRASES = 2
_MENU_ANSWER_WORDS = 6
_MENU_WORDS_PER_PHRASE = 40
# In a chat of a question and an answer the shape leaves it open: a help desk says "leave a message", too.
_CHAT_PHRASES = 2
# A greeting offers keys to press, too.
_SURELY_VOICEMAIL = 2
# A wrong number is over in a few sentences.
_WRONG_NUMBER_WORDS = 60
_WRONG_NUMBER_STRETCHES = 10
_CALLING_OUT_WORDS = 80


class Refusal(NamedTuple):
    """Why a call is not scored."""

    code: Code
    reason: str


_MENUS_ONLY = Refusal("menus_only", "Only menus and announcements: nobody is spoken to.")


def no_conversation(segments: Sequence[Segment], speakers: int, *, is_timed: bool) -> Refusal | None:
    """Why what people say in these segments is no conversation; None where it is one.

    `speakers`: how many people the source tells apart, whether or not they say anything. Segments of machines are
    left out by the caller; an untimed transcript may be a chat, where one question and one answer are enough.
    """
    if not any(segment.text.strip() for segment in segments):
        return Refusal("nothing_said", "Nobody says a word.")
    if all(is_empty_talk(segment.text) for segment in segments):
        said = next(segment.text for segment in segments if segment.text.strip()).strip()
        return Refusal("noise_only", f'Only what recognisers write for silence or noise ("{said[:40]}").')
    shape = shape_of(_of_talkers(segments))
    least = _LEAST_STRETCHES_CALL if is_timed else _LEAST_STRETCHES_CHAT
    both = shape.lesser >= LEAST_WORDS_A_SIDE
    is_short = shape.total <= _WRONG_NUMBER_WORDS and len(shape.stretches) <= _WRONG_NUMBER_STRETCHES
    if is_short and is_wrong_number(shape.text):
        return Refusal("wrong_number", f"A wrong number: {shape.total} words, then the call ends.")
    if machine := _machine(shape, both=both and len(shape.stretches) >= least, is_timed=is_timed):
        return machine
    if not both and calls_out(shape.text) >= 2 and shape.total <= _CALLING_OUT_WORDS:
        return Refusal("nobody_there", "One side asks whether anybody is there, and nobody answers.")
    if shape.total < LEAST_WORDS:
        return Refusal("few_words", f"Only {shape.total} words are said; a conversation has {LEAST_WORDS} at least.")
    if not both:
        return _one_sided(shape, speakers)
    if len(shape.stretches) < least:
        return Refusal("no_exchange", "Each side speaks only once or twice: a message or an announcement, no exchange.")
    return None


def _of_talkers(segments: Sequence[Segment]) -> list[Segment]:
    """Without speakers who say nothing but what noise is heard as."""
    talkers = {segment.speaker for segment in segments if not is_empty_talk(segment.text)}
    return [segment for segment in segments if segment.speaker in talkers]


def _machine(shape: Shape, *, both: bool, is_timed: bool) -> Refusal | None:
    """Voicemail or menus, where the shape allows one: no exchange, two monologues, or one-word answers."""
    monologues = len(shape.stretches) <= _MONOLOGUES_STRETCHES and shape.in_longest_two >= _MONOLOGUES_SHARE
    answers_only = shape.lesser_stretch <= _MENU_ANSWER_WORDS
    if both and not monologues and not answers_only:
        return None
    menu, voicemail = menu_phrases(shape.text), voicemail_phrases(shape.text)
    is_menu = shape.total <= _MENU_WORDS_PER_PHRASE * menu and (
        is_announcement(shape.text) or names_keys(shape.text) or not both
    )
    if is_menu and menu >= _MENU_PHRASES and voicemail < min(menu, _SURELY_VOICEMAIL):
        return _MENUS_ONLY
    if both and not monologues:
        return None
    if voicemail >= (1 if is_timed or not both else _CHAT_PHRASES) or (
        len(shape.words) == 1 and is_message(shape.text)
    ):
        return Refusal("voicemail", "A voicemail: a greeting or a message, and no conversation.")
    return _MENUS_ONLY if is_menu and menu and not both else None


def _one_sided(shape: Shape, speakers: int) -> Refusal:
    if speakers < 2:
        return Refusal("one_speaker", "Only one voice was told apart: it is not known which words are whose.")
    others = "nothing" if not shape.lesser else f"only {shape.lesser} {'word' if shape.lesser == 1 else 'words'}"
    return Refusal("one_side_only", f"One side says {shape.total - shape.lesser} words, the other {others}.")
