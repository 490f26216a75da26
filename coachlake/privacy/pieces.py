"""Numbers in pieces: dictated with other words in between, begun and taken back, an expiry date behind a card."""

import re
from collections.abc import Iterator, Sequence

from coachlake.privacy.checks import is_card
from coachlake.privacy.context import Context
from coachlake.privacy.found import Found, Kind
from coachlake.privacy.phones import is_dialled
from coachlake.privacy.plain import found_in, is_count, is_year
from coachlake.privacy.stream import Run, Stream
from coachlake.privacy.subjects import BY_SUBJECT

# Pieces in which a card is dictated, where they make none that Luhn knows: digits of all, of one.
_SHORTEST_DICTATED, _LONGEST_CARD, _LONGEST_PIECE = 14, 19, 12
_UNSPOKEN_CARD, _UNSPOKEN_PIECE = 15, 4  # digits of one of which nobody says that it is a card, and of its pieces
_MOST_PARTS = 8  # pieces that one card is dictated in
_NEAR = 15  # tokens of the speaker's own between two pieces, at most
_NEAR_OF_PHONE = 4
# Words by which people take back what they have just begun to say.
_TAKEN_BACK = frozenset(re.findall(r"\S+", "sorry wait no hang actually mean again start wrong"))
_TAKES_BACK_WITHIN = 7  # tokens
_BESIDE, _FEWEST_BESIDE = 6, 3  # tokens between a number and another piece of it; digits of one


def in_pieces(stream: Stream, runs: Sequence[Run], context: Context) -> dict[Run, Kind]:
    """Runs that together are a card's or a phone's number, with what they are."""
    runs = [run for run in runs if not (is_count(stream, run) or is_year(stream, run))]
    found: dict[Run, Kind] = {}
    for first in range(len(runs)):
        parts = list[Run]()
        for run in runs[first : first + _MOST_PARTS]:
            between = run.first - parts[-1].last if parts else 0
            parts.append(run)
            if between > _NEAR or not _may_be_one(parts):
                break
            if len(parts) > 1 and _is_card(parts, context, stream):
                found |= dict.fromkeys(parts, "CARD")
            elif len(parts) > 1 and between <= _NEAR_OF_PHONE and _is_phone(parts, context, stream):
                for part in parts:
                    found.setdefault(part, "PHONE")
    return found


def _may_be_one(parts: Sequence[Run]) -> bool:
    text = "".join(part.text for part in parts)
    return len(text) <= _LONGEST_CARD and text.isdigit() and len(parts[-1].text) > 1


def _is_card(parts: Sequence[Run], context: Context, stream: Stream) -> bool:
    """A card's number where a card is spoken of; else only one in groups as they are printed."""
    text, shortest = "".join(part.text for part in parts), min(len(part.text) for part in parts)
    first, last = stream.tokens[parts[0].first].place, stream.tokens[parts[-1].last].place
    if shortest < _FEWEST_BESIDE:
        return False
    if is_card(text):
        is_printed = len(text) >= _UNSPOKEN_CARD and shortest >= _UNSPOKEN_PIECE
        return is_printed or context.mentions("card", first, last, reach=60)
    # Pieces as long as those of cards: a digit misheard does not show the others.
    is_long = len(text) >= _SHORTEST_DICTATED and max(len(part.text) for part in parts) <= _LONGEST_PIECE
    return is_long and context.about(first, first) == "card"


def _is_phone(parts: Sequence[Run], context: Context, stream: Stream) -> bool:
    text = "".join(part.text for part in parts)
    about = context.about(stream.tokens[parts[0].first].place, stream.tokens[parts[0].first].place)
    is_spoken_of = about == "phone" or (about is None and text.startswith("0"))
    return is_spoken_of and is_dialled(text)


def beside(stream: Stream, piece: Run, run: Run, kind: Kind, context: Context) -> Iterator[Found]:
    """A piece of a number that was found, said just before or after it in one breath: a group, an expiry date."""
    between = max(piece.first, run.first) - min(piece.last, run.last)
    is_one_breath = stream.tokens[piece.first].segment == stream.tokens[run.last].segment
    is_near = between <= _BESIDE if is_one_breath else kind == "CARD" and 0 <= piece.first - run.last <= _BESIDE
    about = context.about(stream.tokens[piece.first].place, stream.tokens[piece.last].place)
    is_of_it = about in BY_SUBJECT and BY_SUBJECT[about][0] == kind
    is_long = len(piece.text) >= _FEWEST_BESIDE and piece.text.isdigit()
    if is_near and is_of_it and is_long and not (is_year(stream, piece) or is_count(stream, piece)):
        yield from found_in(kind, stream, piece)


def taken_back(stream: Stream, before: Sequence[Run], run: Run, kind: Kind, context: Context) -> Iterator[Found]:
    """The beginning of a number that was then said anew: "five two seven, no sorry, five two eight nine ..."."""
    for begun in before:
        between = stream.bare[begun.last + 1 : run.first]
        # Others may not have said anything in between.
        is_one_breath = stream.tokens[run.first].place - stream.tokens[begun.last].place == run.first - begun.last
        is_short = is_one_breath and len(between) <= _TAKES_BACK_WITHIN and len(begun.text) > 1
        of = context.about(stream.tokens[begun.first].place, stream.tokens[begun.last].place)
        if is_short and of != "reference" and not _TAKEN_BACK.isdisjoint(between):
            yield from found_in(kind, stream, begun)
