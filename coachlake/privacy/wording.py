"""Identifiers made of words: e-mail addresses, dates of birth and of expiry, street addresses, names."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from coachlake.privacy.addresses import addresses_in
from coachlake.privacy.context import Context
from coachlake.privacy.emails import emails_in
from coachlake.privacy.found import Found, Kind
from coachlake.privacy.stream import Stream

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
    rf"(?<!\S)(?:(?:the )?{_RANK}(?: of)? {_MONTH}(?! the {_RANK}\b),?(?: {_YEAR})?"
    rf"|{_MONTH} (?:the )?{_RANK},?(?: {_YEAR})?"
    rf"|(?:the )?{_RANK} of the {_RANK}(?:,? (?:of )?{_YEAR})?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)(?!\w)"
)

_EXPIRY = re.compile(rf"(?<!\S){_MONTH}(?: of)? (?:{_YEAR}|\d\d(?:st|nd|rd|th))(?!\w)")
_HAS_YEAR = re.compile(rf"\d{{4}}|[./-]\d\d$|{_MONTH}.*(?:nineteen|two thousand|{_TENS}| '?\d\d$)")
_NEXT_TO = 8  # tokens
_FEWEST_LETTERS = 4
_SOON = 3  # tokens between what is asked for and an answer


def words_in(stream: Stream, context: Context, names: Sequence[str]) -> Iterator[Found]:
    """Every e-mail address, date of birth, street address and given name in what one person says."""
    yield from emails_in(stream, context)
    yield from _dates(stream, context)
    yield from addresses_in(stream, context)
    if names:
        yield from (_found(stream, "NAME", match) for match in _names(tuple(names)).finditer(stream.text))
        yield from _spelled_names(stream, _letters_of(tuple(names)))


def _spelled_names(stream: Stream, names: frozenset[str]) -> Iterator[Found]:
    """Given names, or their beginnings, spelled letter by letter."""
    for run in stream.runs():
        text = run.text.replace("0", "O")
        if len(text) >= _FEWEST_LETTERS and any(name.startswith(text) for name in names):
            yield Found("NAME", run.first, run.last)


def _dates(stream: Stream, context: Context) -> Iterator[Found]:
    for match in _DATE.finditer(stream.text):
        found = _found(stream, "DATE_OF_BIRTH", match)
        first, last = stream.tokens[found.first].place, stream.tokens[found.last].place
        # A date without its year is a birthday only where the question has just been asked.
        if context.mentions("birth", first, last, None if re.search(_HAS_YEAR, match.group()) else _NEXT_TO):
            yield found
    for match in _EXPIRY.finditer(stream.text):
        found = _found(stream, "CARD", match)
        first, last = stream.tokens[found.first].place, stream.tokens[found.last].place
        is_answer = stream.tokens[found.first].index <= _SOON or context.is_said("card_detail", first - _SOON, first)
        if is_answer and context.about(first, last) == "card_detail":
            yield found


def _found(stream: Stream, kind: Kind, match: re.Match[str]) -> Found:
    at = stream.positions(*match.span())
    return Found(kind, at.start, at.stop - 1)


@cache
def _letters_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(re.sub(r"[^A-Z]", "", part.upper()) for name in names for part in (name, *name.split()))


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    written = sorted({re.sub(r"\s+", r"[ ,]+", re.escape(name.strip().lower()).replace(r"\ ", " ")) for name in names})
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(written, key=len, reverse=True))})(?![\w-])")
