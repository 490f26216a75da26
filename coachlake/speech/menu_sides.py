"""Menus and announcements taken off the sides of a two-channel call."""

from dataclasses import replace

from coachlake.speech.activity import Span
from coachlake.speech.menu import Embed, has_announcement, menu_pieces, pieces_of
from coachlake.speech.sides import Side, Sides, split

_LABELS = ("menu", "menu 2")


def without_menus(heard: Sides, embed: Embed) -> Sides:
    """The sides, each without what a menu says on its channel, which becomes a side of its own with role system."""
    sides: list[Side] = []
    menus: list[Side] = []
    for side in heard.sides:
        rest, menu = _parted(side, embed)
        sides.append(rest)
        if menu is not None:
            menus.append(replace(menu, label=_LABELS[len(menus)]))
    return replace(heard, sides=[*menus, *sides])


def _parted(side: Side, embed: Embed) -> tuple[Side, Side | None]:
    if not has_announcement(" ".join(word.text for word in side.words)):
        return side, None
    said = pieces_of(side.words, side.spans)
    flags = menu_pieces(said, side.samples, embed)
    stretches = [Span(piece.start_s, piece.end_s) for piece, is_menu in zip(said, flags, strict=True) if is_menu]
    if not stretches:
        return side, None
    (words, spans), (menu_words, menu_spans) = split(side.words, side.spans, stretches)
    rest = replace(side, words=words, spans=spans)
    return rest, replace(side, words=menu_words, spans=menu_spans, role="system")
