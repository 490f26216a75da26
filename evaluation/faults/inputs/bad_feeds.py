"""Outcomes and reviews as they go wrong: rows, each of which costs only itself, and whole files."""

from collections.abc import Iterator

from evaluation.faults.inputs.case import BadInput

OUTCOMES_HEADER = "call_id,csat,is_converted,received_at"
_AT = "2026-11-19T18:00:00Z"
# name → row.
_OUTCOMES: dict[str, str] = {
    "csat 0": f"o-1,0,,{_AT}",
    "csat 6": f"o-2,6,,{_AT}",
    "csat minus 1": f"o-3,-1,,{_AT}",
    "csat nan": f"o-4,nan,,{_AT}",
    "csat infinite": f"o-5,inf,,{_AT}",
    "csat in words": f"o-6,good,,{_AT}",
    "csat with a comma": f'o-7,"4,5",,{_AT}',
    "converted maybe": f"o-8,,maybe,{_AT}",
    "no call": f",5,,{_AT}",
    "no time": "o-9,5,,",
    "time in words": "o-10,5,,yesterday",
    "time ambiguous": "o-11,5,,05/11/2026",
    "time of 1970": "o-12,5,,1970-01-01",
    "time of 2062": "o-13,5,,2062-01-01T00:00:00Z",
    "a value too many": f"o-14,5,,{_AT},more,yet more",
    "a call of 600 characters": f"{'o' * 600},5,,{_AT}",
    "a row of one value": "o-15",
    "a quote that is not closed": f'"o-16,5,,{_AT}',
}
_REVIEWS_HEADER = "call_id,criterion_id,reviewer_id,level,score,note,is_dispute,reviewed_at"
_REVIEWS: dict[str, str] = {
    "level great": f"good-0,empathy,lead-1,great,,,,{_AT}",
    "level a number": f"good-0,empathy,lead-2,1,,,,{_AT}",
    "score 101": f"good-0,empathy,lead-3,good,101,,,{_AT}",
    "score minus 1": f"good-0,empathy,lead-4,good,-1,,,{_AT}",
    "score nan": f"good-0,empathy,lead-5,good,nan,,,{_AT}",
    "score in words": f"good-0,empathy,lead-6,good,high,,,{_AT}",
    "no reviewer": f"good-0,empathy,,good,,,,{_AT}",
    "no call": f",empathy,lead-7,good,,,,{_AT}",
    "no criterion": f"good-0,,lead-8,good,,,,{_AT}",
    "no time": "good-0,empathy,lead-9,good,,,,",
    "time in words": "good-0,empathy,lead-10,good,,,,today",
    "time in the future": "good-0,empathy,lead-11,good,,,,2062-01-01T00:00:00Z",
    "dispute perhaps": f"good-0,empathy,lead-12,good,,,perhaps,{_AT}",
    "a note of 6000 characters": f"good-0,empathy,lead-13,good,,{'n' * 6000},,{_AT}",
    "a value too many": f"good-0,empathy,lead-14,good,,,,{_AT},more",
    "a reviewer of 600 characters": f"good-0,empathy,{'r' * 600},good,,,,{_AT}",
}
# Fine where one does not know better: the call may come later.
_GOOD_REVIEWS = (
    f"good-1,empathy,lead-1,good,,,,{_AT}",
    f"no-such-call,empathy,lead-1,good,,,,{_AT}",
    f"good-1,no_such_criterion,lead-1,poor,,,,{_AT}",
)
_WHOLE: dict[str, bytes] = {
    "empty": b"",
    "header that lacks columns": b"a,b\n1,2\n",
    "binary": bytes(range(256)) * 8,
    "a spreadsheet": b"PK\x03\x04" + bytes(400),
    "JSON called CSV": b'{"call_id": "x"}',
    "UTF-16 cut off": "call_id,csat".encode("utf-16")[:-1],
}


def outcome_rows() -> Iterator[tuple[BadInput, str]]:
    """Every bad row of outcomes.csv, in order: row 1 is the first."""
    for number, (name, row) in enumerate(_OUTCOMES.items(), start=1):
        yield BadInput("outcomes", name, f"outcomes.csv row {number}", ("ignored",)), row


def outcome_files() -> Iterator[tuple[BadInput, str, bytes]]:
    """Whole files, by a name of their own."""
    for number, (name, content) in enumerate(_WHOLE.items()):
        file = f"outcomes-bad{number}.csv"
        yield BadInput("outcomes", f"file: {name}", f"outcomes-bad{number}", ("ignored",)), file, content


def reviews() -> Iterator[tuple[BadInput, str, bytes]]:
    """`reviews.csv` of bad rows between good ones, then whole files."""
    lines = [_REVIEWS_HEADER, *_REVIEWS.values(), *_GOOD_REVIEWS]
    content = "\n".join(lines).encode() + b"\n"
    for number, name in enumerate(_REVIEWS, start=1):
        yield BadInput("reviews", name, f"reviews.csv row {number}:", ("told",)), "reviews.csv", content
    for number, (name, whole) in enumerate(_WHOLE.items()):
        file = f"reviews-bad{number}.csv"
        yield BadInput("reviews", f"file: {name}", file, ("told",)), file, whole
