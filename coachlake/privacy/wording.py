"""Identifiers made of words: e-mail addresses, dates of birth, street addresses, names."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from coachlake.privacy.context import Context
from coachlake.privacy.found import Found, Kind
from coachlake.privacy.spelled import NUMBER_WORDS
from coachlake.privacy.stream import Stream

_TLD = (
    r"(?:com|org|net|edu|gov|info|biz|io|me|app|dev|eu|uk|co|ie|us|ca|au|nz|za|in|de|fr|es|it|nl|be|ch|at|se|no|dk|fi"
    r"|pl|pt)"
)
_JOIN = r"(?:dot|underscore|under score|dash|hyphen|plus)"
_PART = r"[a-z0-9][a-z0-9'_+-]{0,63}"
_NUMBER = rf"(?:{'|'.join(sorted(NUMBER_WORDS))}|\d{{1,9}})"
# Said, not written: "john dot smith at gmail dot com". A part may be spelled, letter by letter.
_SPOKEN_PART = rf"(?:{_PART}|(?:[a-z0-9],? ){{2,24}}[a-z0-9])"
_SPOKEN_EMAIL = re.compile(
    rf"(?<!\S)(?P<local>{_SPOKEN_PART}"
    rf"(?:,? {_JOIN},? {_SPOKEN_PART}|,? (?:(?:uh|um|and) )?{_NUMBER}){{0,12}})"
    rf",? (?:at|@),? (?P<host>{_SPOKEN_PART}(?:,? {_JOIN},? {_PART}){{0,4}}?)"
    rf"(?:,? (?:dot|point),? {_TLD}){{1,3}}(?![a-z])"
    rf"|(?<!\S)(?P<joined>{_PART}(?:,? {_JOIN},? {_PART}){{0,6}}),? (?:at|@),? "
    rf"(?P<site>[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{0,4}}\.{_TLD})(?![a-z])"
)
_WRITTEN_EMAIL = re.compile(r"(?<![\w.+'-])[a-z0-9][\w.+'-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")
_LEADS = frozenset({"is", "it's", "its", "that's", "email", "e-mail", "address", "to", "be", "as"})
# What people say before `at amazon dot com` that is nobody's mailbox.
_NO_MAILBOX = frozenset(
    re.findall(
        r"\S+",
        """website site online page store shop us me you him her them it here there look looking looked find
found bought ordered order out up go log login support sales info book booked available sign signed
work works""",
    )
)

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_RANK = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth"
    rf"|(?:twenty|thirty)(?:[- ]{_ONES})?|{_ONES}|ten|eleven|twelve|\w+teen)"
)
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_YEAR = (
    rf"(?:(?:19|20)\d\d|'?\d\d|(?:nineteen|twenty|two thousand)(?:,? and)?"
    rf"(?:[- ](?:oh|o|hundred|ten|eleven|twelve|\w+teen|{_TENS}|{_ONES})){{0,3}}(?:[- ]{_ONES})?"
    rf"|{_TENS}(?:[- ]{_ONES})?)"
)
_DATE = re.compile(
    rf"(?<!\S)(?:(?:the )?{_RANK}(?: of)? {_MONTH},?(?: {_YEAR})?|{_MONTH} (?:the )?{_RANK},?(?: {_YEAR})?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)(?!\w)"
)

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
_HAS_YEAR = re.compile(rf"\d{{4}}|[./-]\d\d$|{_MONTH}.*(?:nineteen|two thousand|{_TENS}| '?\d\d$)")
_NEXT_TO = 8  # tokens
_ABBREVIATED = frozenset({"st.", "mt.", "dr.", "apt.", "no."})


def words_in(stream: Stream, context: Context, names: Sequence[str]) -> Iterator[Found]:
    """Every e-mail address, date of birth, street address and given name in what one person says."""
    yield from _emails(stream, context)
    yield from _dates(stream, context)
    yield from _addresses(stream, context)
    if names:
        yield from (_found(stream, "NAME", match) for match in _names(tuple(names)).finditer(stream.text))


def _emails(stream: Stream, context: Context) -> Iterator[Found]:
    for match in _WRITTEN_EMAIL.finditer(stream.text):
        yield _found(stream, "EMAIL", match)
    for match in _SPOKEN_EMAIL.finditer(stream.text):
        found = _found(stream, "EMAIL", match)
        is_asked = context.mentions("email", stream.tokens[found.first].place, stream.tokens[found.last].place)
        local = match["local"] or match["joined"]
        if local not in _NO_MAILBOX:
            yield found._replace(first=_after_lead(stream, found.first)) if is_asked else found


def _after_lead(stream: Stream, first: int) -> int:
    """Where an address begins whose first part has words without a dot: after `is` or `it's`, if that is near."""
    for at in range(first - 1, max(-1, first - 6), -1):
        if stream.ends_sentence(at):
            return first
        if stream.bare[at] in _LEADS:
            return at + 1
    return first


def _dates(stream: Stream, context: Context) -> Iterator[Found]:
    for match in _DATE.finditer(stream.text):
        found = _found(stream, "DATE_OF_BIRTH", match)
        first, last = stream.tokens[found.first].place, stream.tokens[found.last].place
        # A date without its year is a birthday only where the question has just been asked.
        if context.mentions("birth", first, last, None if re.search(_HAS_YEAR, match.group()) else _NEXT_TO):
            yield found


def _addresses(stream: Stream, context: Context) -> Iterator[Found]:
    at = 0
    while match := _ADDRESS.search(stream.text, at):
        found = _found(stream, "ADDRESS", match)
        first, last = stream.tokens[found.first].place, stream.tokens[found.last].place
        is_asked = context.mentions("address", first, last) or context.mentions("postcode", first, last)
        is_one = not any(
            stream.ends_sentence(token) and stream.tokens[token].text.lower() not in _ABBREVIATED
            for token in range(found.first, found.last)
        )
        # A number that ended the sentence before is no house: look again behind it.
        at = match.end() if is_one else match.start() + 1
        if is_one and (match["sure"] or is_asked):
            yield found


def _found(stream: Stream, kind: Kind, match: re.Match[str]) -> Found:
    at = stream.positions(*match.span())
    return Found(kind, at.start, at.stop - 1)


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    written = sorted({re.sub(r"\s+", r"[ ,]+", re.escape(name.strip().lower()).replace(r"\ ", " ")) for name in names})
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(written, key=len, reverse=True))})(?![\w-])")
