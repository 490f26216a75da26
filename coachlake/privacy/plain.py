"""What a run of digits is in its sentence: an identifier's place, or a year, an amount, a count and nobody's."""

import re
from collections.abc import Iterator
from itertools import groupby

from coachlake.privacy.found import Found, Kind
from coachlake.privacy.stream import Run, Stream

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


def found_in(kind: Kind, stream: Stream, run: Run) -> Iterator[Found]:
    """One for each stretch of speech the run is in: what is said before and after it there stays."""
    of_signs = zip(run.owners, run.ends, strict=True)
    for _, signs in groupby(of_signs, key=lambda sign: stream.tokens[sign[0]].segment):
        here = list(signs)
        first = here[0][0]
        is_dialled = first == run.first and first > 0 and stream.bare[first - 1] == "plus"
        yield Found(kind, first - is_dialled, here[-1][1], run.text)


def is_year(stream: Stream, run: Run) -> bool:
    """`in 2022`, `since 1999`."""
    before = stream.bare[run.first - 1] if run.first else ""
    return re.fullmatch(r"(?:19|20)\d\d", run.text) is not None and before in ("in", "since", "from", "until", "of")


def is_count(stream: Stream, run: Run) -> bool:
    """`240 pounds`, `three minutes`."""
    after = stream.bare[run.last + 1] if run.last + 1 < len(stream.bare) else ""
    is_cardinal = "thousand" in stream.bare[run.first : run.last + 1]
    return (
        (is_cardinal or len(run.text) <= _LONGEST_COUNTED) and after in COUNTED and not stream.ends_sentence(run.last)
    )
