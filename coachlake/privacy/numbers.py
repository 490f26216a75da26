"""Identifiers made of digits and letters: cards, national ids, bank accounts, phones, postcodes."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import phonenumbers

from coachlake.privacy.checks import is_bank_code, is_card, is_iban, is_national_id, is_routing
from coachlake.privacy.context import About, Context
from coachlake.privacy.found import Found, Kind
from coachlake.privacy.stream import Run, Stream

# Where a number without its country is looked for, most likely first.
_REGIONS = ("GB", "US", "IE", "AU", "CA", "DE", "FR", "ES", "IT", "NL", "IN", "NZ", "ZA")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2}")
_BY_SUBJECT: dict[About, tuple[Kind, int, int]] = {  # kind, fewest and most signs
    "card": ("CARD", 12, 19),
    "card_detail": ("CARD", 3, 8),
    "national_id": ("NATIONAL_ID", 4, 20),
    "bank": ("BANK_ACCOUNT", 5, 34),
    "phone": ("PHONE", 6, 15),
    "birth": ("DATE_OF_BIRTH", 4, 8),
    "postcode": ("ADDRESS", 4, 9),
    "house": ("ADDRESS", 1, 5),
}
_FEWEST_DIGITS: dict[About, int] = {"card_detail": 3, "national_id": 3, "postcode": 1, "house": 1}
# An American or Indian postal code said after the street, without its name.
_POSTAL_DIGITS, _EIRCODE = (5, 6), re.compile(r"[AC-FHKNPRTV-Y]\d[\dW][\dAC-FHKNPRTV-Y]{4}")
_BIC = re.compile(r"[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?")
# The trunk prefix by which a number shows that it is one; Americans and Indians say ten digits without.
_TRUNK, _TEN = ("0", "1"), 10
# Words by which people take back what they have just begun to say.
_TAKEN_BACK = frozenset(re.findall(r"\S+", "sorry wait no hang actually mean again start wrong"))
_TAKES_BACK_WITHIN = 7  # tokens
_BESIDE, _FEWEST_BESIDE = 6, 3  # tokens between a number and another piece of it; digits of one
_ANY_SUBJECT_FROM = 12  # digits that only an identifier has, whatever it is of
# Pieces in which a card is dictated, where they make none that Luhn knows: digits of all, of one.
_SHORTEST_DICTATED, _LONGEST_CARD, _LONGEST_PIECE = 14, 19, 12
_MOST_PARTS = 8  # pieces that one card is dictated in
_FEWEST_READ_BACK, _READ_BACK_WITHIN = 3, 40  # signs; tokens of the call
_NEAR = 15  # tokens of the speaker's own between two pieces, at most
# What is counted: a number before it is an amount, a length or a time, and nobody's.
COUNTED = frozenset(
    re.findall(
        r"\S+",
        """pounds pound dollars dollar euros euro quid bucks pence cents percent times minutes minute seconds
hours hour days day weeks week months month years year people users lines bedrooms floors miles
degrees gigabytes megabytes gigs megs megabits pages items boxes pieces rupees lakh lakhs crore point
more or to in at on""",
    )
)
_LONGEST_COUNTED = 7  # digits: `two hundred and fifty three` is read as 20053
_TOLL_FREE = (phonenumbers.PhoneNumberType.TOLL_FREE, phonenumbers.PhoneNumberType.SHARED_COST)


_WRITTEN_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d\d(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?(?!\w)")


def numbers_in(stream: Stream, context: Context) -> Iterator[Found]:
    """Every identifier of digits in what one person says."""
    for match in _WRITTEN_IBAN.finditer(stream.text):
        if is_iban(match.group().replace(" ", "").upper()):
            at = stream.positions(*match.span())
            yield Found("BANK_ACCOUNT", at.start, at.stop - 1)
    runs = list(stream.runs())
    in_pieces = _cards_in_pieces(stream, runs, context)
    before: list[Run] = []
    last: tuple[Run, Kind] | None = None
    for run in runs:
        found = list(_found("CARD", stream, run) if run in in_pieces else _in_run(stream, run, context))
        yield from found
        if found:
            yield from _taken_back(stream, before, run, found[0].kind, context)
            yield from (one for begun in before for one in _beside(stream, begun, run, found[0].kind, context))
        elif last:
            yield from _beside(stream, run, *last, context)
        before, last = ([], (run, found[0].kind)) if found else ([run], last)


def _beside(stream: Stream, piece: Run, run: Run, kind: Kind, context: Context) -> Iterator[Found]:
    """A piece of a number that was found, said just before or after it in one breath: a group, an expiry date."""
    between = max(piece.first, run.first) - min(piece.last, run.last)
    is_one_breath = stream.tokens[piece.first].segment == stream.tokens[run.last].segment
    is_near = between <= _BESIDE if is_one_breath else kind == "CARD" and 0 <= piece.first - run.last <= _BESIDE
    about = context.about(stream.tokens[piece.first].place, stream.tokens[piece.last].place)
    is_of_it = about in _BY_SUBJECT and _BY_SUBJECT[about][0] == kind
    is_long = len(piece.text) >= _FEWEST_BESIDE and piece.text.isdigit()
    if is_near and is_of_it and is_long and not (_is_year(stream, piece) or _is_count(stream, piece)):
        yield from _found(kind, stream, piece)


def _taken_back(stream: Stream, before: Sequence[Run], run: Run, kind: Kind, context: Context) -> Iterator[Found]:
    """The beginning of a number that was then said anew: "five two seven, no sorry, five two eight nine ..."."""
    for begun in before:
        between = stream.bare[begun.last + 1 : run.first]
        # Others may not have said anything in between.
        is_one_breath = stream.tokens[run.first].place - stream.tokens[begun.last].place == run.first - begun.last
        is_short = is_one_breath and len(between) <= _TAKES_BACK_WITHIN and len(begun.text) > 1
        of = context.about(stream.tokens[begun.first].place, stream.tokens[begun.last].place)
        if is_short and of != "reference" and not _TAKEN_BACK.isdisjoint(between):
            yield from _found(kind, stream, begun)


def _found(kind: Kind, stream: Stream, run: Run) -> Iterator[Found]:
    """One for each stretch of speech the run is in: what is said before and after it there stays."""
    of_signs = zip(run.owners, run.ends, strict=True)
    for _, signs in groupby(of_signs, key=lambda sign: stream.tokens[sign[0]].segment):
        here = list(signs)
        first = here[0][0]
        is_dialled = first == run.first and first > 0 and stream.bare[first - 1] == "plus"
        yield Found(kind, first - is_dialled, here[-1][1], run.text)


def read_back(stream: Stream, others: Sequence[tuple[int, Found]]) -> Iterator[Found]:
    """Parts of numbers that were found, (place, number) in `others`, said again nearby: "four five three nine, yes"."""
    for run in stream.runs():
        if len(run.text) < _FEWEST_READ_BACK or _is_year(stream, run) or _is_count(stream, run):
            continue
        place = stream.tokens[run.first].place
        for at, found in others:
            if abs(at - place) <= _READ_BACK_WITHIN and run.text in found.signs:
                yield from _found(found.kind, stream, run)
                break


def _in_run(stream: Stream, run: Run, context: Context) -> Iterator[Found]:
    about = context.about(stream.tokens[run.first].place, stream.tokens[run.last].place)
    if _has_card(run):  # what follows a card in one breath is its expiry date and security code
        yield from _found("CARD", stream, run)
    elif kind := _kind(run, about, stream):
        yield from _found(kind, stream, run)
    elif len(parts := list(stream.split(run))) > 1:
        for part in parts:
            yield from _in_run(stream, part, context)


def _kind(run: Run, about: About | None, stream: Stream) -> Kind | None:
    text, digits = run.text, sum(map(str.isdigit, run.text))
    if is_iban(text) or is_bank_code(text):
        return "BANK_ACCOUNT"
    if is_national_id(text):
        return "NATIONAL_ID"
    if _POSTCODE.fullmatch(text):
        return "ADDRESS"
    if _is_written_ssn(stream, run):
        return "NATIONAL_ID"
    if about == "phone" and _is_toll_free(text):
        return None
    if (_is_year(stream, run) and about != "birth") or _is_count(stream, run):
        return None
    if kind := _asked_for(run, about, stream):
        return kind
    is_plain = text.isdigit()
    if is_plain and about == "bank" and is_routing(text):
        return "BANK_ACCOUNT"
    if is_plain and about not in ("reference", "amount") and _is_phone(stream, run):
        return "PHONE"
    return "NUMBER" if digits >= _ANY_SUBJECT_FROM and about != "reference" else None


def _asked_for(run: Run, about: About | None, stream: Stream) -> Kind | None:
    """The kind of a number by what is spoken of, where it has as many signs as such numbers have."""
    text, digits = run.text, sum(map(str.isdigit, run.text))
    if about == "bank" and _BIC.fullmatch(text):
        return "BANK_ACCOUNT"
    is_postal = text.isdigit() and len(text) in _POSTAL_DIGITS
    if about in ("address", "postcode", "place") and (is_postal or _EIRCODE.fullmatch(text)):
        return "ADDRESS"
    if about not in _BY_SUBJECT:
        return None
    kind, fewest, most = _BY_SUBJECT[about]
    if about == "birth" and len(text) == 2 and _is_whole_answer(stream, run):
        return kind
    if about == "card_detail" and len(text) == 2 and _is_half_of_date(stream, run):
        return kind
    return kind if fewest <= len(text) <= most and digits >= _FEWEST_DIGITS.get(about, fewest) else None


def _is_half_of_date(stream: Stream, run: Run) -> bool:
    """The month or the year in "oh four of twenty nine"."""
    return "of" in (*stream.bare[run.last + 1 : run.last + 2], *stream.bare[max(0, run.first - 1) : run.first])


def _is_whole_answer(stream: Stream, run: Run) -> bool:
    is_first = run.first == 0 or stream.ends_sentence(run.first - 1)
    return is_first and stream.ends_sentence(run.last)


def _has_card(run: Run) -> bool:
    """Whether a card's number stands at the beginning or the end of a run's digits."""
    lengths = range(13, 20)
    return any(is_card(run.text[:length]) or is_card(run.text[-length:]) for length in lengths)


def _cards_in_pieces(stream: Stream, runs: Sequence[Run], context: Context) -> set[Run]:
    """Runs that together are a card's number, dictated with other words in between, where a card is spoken of."""
    found: set[Run] = set()
    runs = [run for run in runs if not (_is_count(stream, run) or _is_year(stream, run))]
    for first in range(len(runs)):
        text, parts = "", list[Run]()
        for run in runs[first : first + _MOST_PARTS]:
            is_near = not parts or run.first - parts[-1].last <= _NEAR
            text, parts = text + run.text, [*parts, run]
            if len(text) > _LONGEST_CARD or not text.isdigit() or len(run.text) < 3 or not is_near:
                break
            is_spoken_of = context.mentions(
                "card", stream.tokens[parts[0].first].place, stream.tokens[parts[-1].last].place, reach=60
            )
            if len(parts) > 1 and is_spoken_of and (is_card(text) or _is_dictated(parts, context, stream)):
                found.update(parts)
    return found


def _is_dictated(parts: Sequence[Run], context: Context, stream: Stream) -> bool:
    """Whether the pieces are as long as those of cards, so that a digit misheard does not show the others."""
    first = stream.tokens[parts[0].first].place
    if context.about(first, first) != "card":
        return False
    lengths = [len(part.text) for part in parts]
    return _SHORTEST_DICTATED <= sum(lengths) <= _LONGEST_CARD and max(lengths) <= _LONGEST_PIECE


def _is_written_ssn(stream: Stream, run: Run) -> bool:
    written = " ".join(stream.bare[at] for at in dict.fromkeys(run.owners))
    return re.fullmatch(r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}", written) is not None


def _is_year(stream: Stream, run: Run) -> bool:
    """`in 2022`, `since 1999`."""
    before = stream.bare[run.first - 1] if run.first else ""
    return re.fullmatch(r"(?:19|20)\d\d", run.text) is not None and before in ("in", "since", "from", "until", "of")


def _is_count(stream: Stream, run: Run) -> bool:
    after = stream.bare[run.last + 1] if run.last + 1 < len(stream.bare) else ""
    is_cardinal = "thousand" in stream.bare[run.first : run.last + 1]
    return (
        (is_cardinal or len(run.text) <= _LONGEST_COUNTED) and after in COUNTED and not stream.ends_sentence(run.last)
    )


def _is_toll_free(digits: str) -> bool:
    """Whether companies are called on it: nobody's own."""
    for region in _REGIONS[:2]:
        try:
            if phonenumbers.number_type(phonenumbers.parse(digits, region)) in _TOLL_FREE:
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def _is_phone(stream: Stream, run: Run) -> bool:
    """Whether it is a person's number: valid in a numbering plan, and not one that companies are called on for free."""
    is_full = stream.tokens[run.first].text.lstrip("(\"'").startswith("+")
    is_full = is_full or (run.first > 0 and stream.bare[run.first - 1] == "plus")
    if not 9 <= len(run.text) <= 15 or not (is_full or run.text[0] in _TRUNK or len(run.text) == _TEN):
        return False
    for region in (None,) if is_full else _REGIONS:
        try:
            parsed = phonenumbers.parse(run.text if region else f"+{run.text}", region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return phonenumbers.number_type(parsed) not in _TOLL_FREE
    return False
