"""Addresses: a house in a street wherever it is said; more loosely what answers a question about an address."""

import re
from collections.abc import Iterator, Sequence

from coachlake.privacy.context import About, Context
from coachlake.privacy.found import Found
from coachlake.privacy.plain import COUNTED
from coachlake.privacy.spelled import NUMBER_WORDS, said_at
from coachlake.privacy.stream import Stream

_STREET = (
    r"(?:street|road|avenue|lane|boulevard|crescent|terrace|gardens|grove|mews|highway|parkway|st\.|rd\.?|ave\.?"
    r"|blvd\.?|ln\.)"
)
_MAYBE_STREET = r"(?:drive|close|court|way|place|square|hill|row|walk|park|view|rise|dr\.?|ct\.?|st)"
_COUNT = "|".join(sorted(NUMBER_WORDS - {"double", "triple", "treble"}))
_HOUSE = rf"(?:\d{{1,5}}[a-z]?|(?:{_COUNT})(?:[- ](?:and )?(?:{_COUNT}|oh)){{0,6}})"
_NO_NAME = "more|other|of|the|this|that|a|an|in|on|to|or|and|my|your|our|way|different|per|for|from|by|is"
_NAMES = rf"(?:(?!(?:{_NO_NAME})\b)[a-z'.-]{{1,40}},? ){{1,3}}"
_UNIT = r"(?:,? (?:flat|apartment|apt\.?|unit|suite) (?:\d+\w?|\w+))?"
_ADDRESS = re.compile(
    rf"(?<![\w£$€])(?:(?:flat|apartment|apt\.?|unit|suite) \w+,? )?{_HOUSE},? {_NAMES}"
    rf"(?:(?P<sure>{_STREET})|(?P<maybe>{_MAYBE_STREET}))(?![\w']){_UNIT}"
)
_NAMED_HOUSE = re.compile(rf"(?<!\S)(?:the )?(?:[a-z'-]{{3,20}},? ){{2,5}}{_STREET}(?![\w'])")
_ABBREVIATED = frozenset({"st.", "mt.", "dr.", "apt.", "no."})
# Where the company itself is to be found.
_COMPANYS = re.compile(
    r"\b(?:shop|store|branch|office|showroom|warehouse|depot|dealership|garage)(?:'s)?(?: is| on| at| are)"
)
_COMPANYS_WITHIN = 6  # tokens
_UNITS = frozenset(re.findall(r"\S+", "flat apartment apt unit suite plot house room floor box door"))
_NUMBERED = frozenset({"number", "no", "no.", "num"})
# Words with which an address is over.
_OVER = frozenset(
    re.findall(
        r"\S+",
        """and it's its it is that's that so but because if when i i'm we we're you they he she please thank thanks
okay ok yeah yes no not now postcode post zip pin eircode near next opposite behind past out with have has had was
were for do can of in us me them between from which who where would will there right still already since""",
    )
)
_LONGEST = 14  # tokens
_SOON = 4  # an answer begins within so many tokens of what is said, or says itself what it is
_OF_ADDRESS: tuple[About, ...] = ("address", "house", "postcode", "place")


def addresses_in(stream: Stream, context: Context) -> Iterator[Found]:
    """Every street address in what one person says."""
    yield from _streets(stream, context)
    yield from _answers(stream, context)
    yield from _named_houses(stream, context)


def _named_houses(stream: Stream, context: Context) -> Iterator[Found]:
    """A house without a number, as the answer to a question: "the old rectory, church lane"."""
    for match in _NAMED_HOUSE.finditer(stream.text):
        span = stream.positions(*match.span())
        first, last = stream.tokens[span.start], stream.tokens[span.stop - 1]
        is_one = not any(stream.ends_sentence(token) for token in range(span.start, span.stop - 1))
        if is_one and first.index <= 1 and context.about(first.place, last.place) == "address":
            yield Found("ADDRESS", span.start, span.stop - 1)


def _streets(stream: Stream, context: Context) -> Iterator[Found]:
    at = 0
    while match := _ADDRESS.search(stream.text, at):
        span = stream.positions(*match.span())
        found = Found("ADDRESS", span.start, span.stop - 1)
        places = stream.tokens[found.first].place, stream.tokens[found.last].place
        is_asked = any(context.mentions(about, *places) for about in _OF_ADDRESS)
        is_one = not any(
            stream.ends_sentence(token) and stream.tokens[token].text.lower() not in _ABBREVIATED
            for token in range(found.first, found.last)
        )
        # A number that ended the sentence before is no house: look again behind it.
        at = match.end() if is_one else match.start() + 1
        if is_one and (match["sure"] or is_asked) and not _is_companys(stream, found.first):
            yield found


def _is_companys(stream: Stream, at: int) -> bool:
    before = " ".join(stream.bare[max(0, at - _COMPANYS_WITHIN) : at])
    return _COMPANYS.search(before) is not None


def _answers(stream: Stream, context: Context) -> Iterator[Found]:
    """What begins with a number or a flat where an address is spoken of, up to the word with which it is over."""
    at = 0
    while at < len(stream.bare):
        last = _end_of_address(stream, at)
        if last is None or not _is_asked(stream, context, at, last):
            at += 1
            continue
        yield Found("ADDRESS", at, last)
        at = last + 1


def _is_asked(stream: Stream, context: Context, first: int, last: int) -> bool:
    place, index = stream.tokens[first].place, stream.tokens[first].index
    about = context.about(place, stream.tokens[last].place)
    is_answer = index <= _SOON or any(context.is_said(subject, place - index, place) for subject in _OF_ADDRESS)
    if not is_answer:
        return False
    has_unit = not _UNITS.isdisjoint(stream.bare[first : last + 1])
    is_street = (
        re.search(rf"\b(?:{_STREET}|{_MAYBE_STREET})(?!\S)", " ".join(stream.bare[first : last + 1])) is not None
    )
    return about in ("address", "house", "postcode") or (about == "place" and (has_unit or is_street))


def _end_of_address(stream: Stream, first: int) -> int | None:
    """The last token of the address that begins at a position; None where none does."""
    at, has_unit = _after_number(stream, first)
    if at is None or (at < len(stream.bare) and stream.bare[at] in COUNTED):
        return None
    named = at
    while named < len(stream.bare) and named - first < _LONGEST and not stream.ends_sentence(named - 1):
        if stream.bare[named] in _OVER:
            break
        named += 1
    has_name = any(said_at(stream.bare, token) is None for token in range(at, named))
    return named - 1 if has_name or has_unit else None


def _after_number(stream: Stream, at: int) -> tuple[int | None, bool]:
    """The position behind a house's number ("flat 3 11", "number six", "12-5-33"), and whether it is a flat's."""
    bare, first, has_unit = stream.bare, at, False
    if bare[at + 1 : at + 2] and len(bare[at]) == 1 and bare[at + 1] in _NUMBERED:  # "H No 12"
        at += 1
    while at < len(bare) and (bare[at] in _UNITS or bare[at] in _NUMBERED):
        has_unit, at = has_unit or bare[at] in _UNITS, at + 1
    numbers = at
    while taken := _number_at(bare, at, is_first=at == numbers):
        at += taken
    is_whole = at > numbers and not any(stream.ends_sentence(token) for token in range(first, at - 1))
    return (at if is_whole else None), has_unit


def _number_at(bare: Sequence[str], at: int, is_first: bool) -> int:
    """How many tokens a number takes at a position; one that goes on may be joined: "twenty one by four"."""
    joined = int(not is_first and at < len(bare) and bare[at] in ("by", "slash", "stroke", "dash"))
    said = said_at(bare, at + joined) if at + joined < len(bare) else None
    return said.taken + joined if said and any(map(str.isdigit, said.text)) else 0
