"""Identifiers made of digits and letters: cards, national ids, bank accounts, phones, postcodes."""

import re
from collections.abc import Iterator, Sequence

from coachlake.privacy.checks import is_bank_code, is_card, is_iban, is_national_id, is_routing
from coachlake.privacy.context import About, Context
from coachlake.privacy.found import Found, Kind
from coachlake.privacy.phones import is_phone, is_toll_free
from coachlake.privacy.pieces import beside, in_pieces, taken_back
from coachlake.privacy.plain import found_in, is_count, is_year
from coachlake.privacy.stream import Run, Stream
from coachlake.privacy.subjects import BY_SUBJECT

_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2}")
_FEWEST_DIGITS: dict[About, int] = {"card_detail": 3, "national_id": 3, "postcode": 1, "house": 1}
# An American or Indian postal code said after the street, without its name.
_POSTAL_DIGITS, _EIRCODE = (5, 6), re.compile(r"[AC-FHKNPRTV-Y]\d[\dW][\dAC-FHKNPRTV-Y]{4}")
_BIC = re.compile(r"[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?")
_ANY_SUBJECT_FROM = 12  # digits that only an identifier has, whatever it is of
_FEWEST_READ_BACK, _READ_BACK_WITHIN = 3, 40  # signs; tokens of the call
_WRITTEN_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d\d(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?(?!\w)")


def numbers_in(stream: Stream, context: Context) -> Iterator[Found]:
    """Every identifier of digits in what one person says."""
    for match in _WRITTEN_IBAN.finditer(stream.text):
        if is_iban(match.group().replace(" ", "").upper()):
            at = stream.positions(*match.span())
            yield Found("BANK_ACCOUNT", at.start, at.stop - 1)
    runs = list(stream.runs())
    pieces = in_pieces(stream, runs, context)
    before: list[Run] = []
    last: tuple[Run, Kind] | None = None
    for run in runs:
        found = list(found_in(pieces[run], stream, run) if run in pieces else _in_run(stream, run, context))
        yield from found
        if found:
            yield from taken_back(stream, before, run, found[0].kind, context)
            yield from (one for begun in before for one in beside(stream, begun, run, found[0].kind, context))
        elif last:
            yield from beside(stream, run, *last, context)
        before, last = ([], (run, found[0].kind)) if found else ([run], last)


def read_back(stream: Stream, others: Sequence[tuple[int, Found]]) -> Iterator[Found]:
    """Parts of numbers that were found, (place, number) in `others`, said again nearby: "four five three nine, yes"."""
    for run in stream.runs():
        if len(run.text) < _FEWEST_READ_BACK or is_year(stream, run) or is_count(stream, run):
            continue
        place = stream.tokens[run.first].place
        for at, found in others:
            if abs(at - place) <= _READ_BACK_WITHIN and run.text in found.signs:
                yield from found_in(found.kind, stream, run)
                break


def _in_run(stream: Stream, run: Run, context: Context) -> Iterator[Found]:
    about = context.about(stream.tokens[run.first].place, stream.tokens[run.last].place)
    if _has_card(run):  # what follows a card in one breath is its expiry date and security code
        yield from found_in("CARD", stream, run)
    elif kind := _kind(run, about, stream):
        yield from found_in(kind, stream, run)
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
    if about == "phone" and is_toll_free(text):
        return None
    if (is_year(stream, run) and about != "birth") or is_count(stream, run):
        return None
    if kind := _asked_for(run, about, stream):
        return kind
    is_plain = text.isdigit()
    if is_plain and about == "bank" and is_routing(text):
        return "BANK_ACCOUNT"
    if is_plain and about not in ("reference", "amount") and is_phone(stream, run):
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
    if about not in BY_SUBJECT:
        return None
    kind, fewest, most = BY_SUBJECT[about]
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


def _is_written_ssn(stream: Stream, run: Run) -> bool:
    written = " ".join(stream.bare[at] for at in dict.fromkeys(run.owners))
    return re.fullmatch(r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}", written) is not None
