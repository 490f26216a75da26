"""A recording with everyone on one channel: transcribed once, its words given to voices."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.speech.activity import Span, speech_spans
from coachlake.speech.edges import within_speech
from coachlake.speech.menu import Embed, has_announcement, menu_pieces, pieces_of
from coachlake.speech.sides import Side, Sides, split
from coachlake.speech.two_channels import Hear
from coachlake.speech.voices import count_voices, voices_of_pieces

if TYPE_CHECKING:
    from coachlake.speech.diarizer import Diarization

Samples = NDArray[np.float32]

_SPEAKERS = ("speaker 1", "speaker 2")
# Pieces of each speaker whose voices are compared. Of 17 mixes of two real people and 35 other mixed calls none has
# three voices by them or by the whole, but for one that is heard as one speaker; of 19 mixes of three, 13 have.
_PIECES = 12
MENU = "menu"


def heard_mixed(
    samples: Samples,
    hear: Hear,
    diarize: "Callable[[Samples, Sequence[Span]], Diarization]",
    embed: Embed,
    only_label: tuple[str, int | None] = (_SPEAKERS[0], None),
) -> Sides:
    """Who says what on one signal (float32, samples at 16 kHz).

    `only_label`: what the speaker is called, and the channel they are on, where one voice is all there is.
    """
    spans = speech_spans(samples)
    heard = hear(samples, spans, None)
    words = within_speech(heard.words, spans)
    if not words:
        return Sides([], heard.languages)
    spoken_by_menu = _menu(samples, spans, words, embed)
    (words, spans), of_menu = split(words, spans, spoken_by_menu)
    menu = Side(MENU, samples, *of_menu, role="system")
    sides = _told_apart(samples, words, diarize(samples, spans), embed) if words else []
    notes = []
    if len(sides) == 1:
        label, channel = only_label
        sides = [Side(label, samples, sides[0].words, sides[0].spans, channel)]
        notes.append("One voice only is heard on a mixed recording, looked for in two ways.")
    elif (voices := _voices(samples, spans, sides, embed)) > len(sides):
        # Whose words the others' are among cannot be told.
        sides = [replace(side, voices=max(side.voices, 1 + voices - len(sides))) for side in sides]
        notes.append(
            f"About {voices} voices are heard on one channel and two are told apart: the words of the others are among "
            "theirs."
        )
    return Sides([*([menu] if menu.words else []), *sides], heard.languages, tuple(notes))


def _told_apart(samples: Samples, words: list[Word], found: "Diarization", embed: Embed) -> list[Side]:
    from coachlake.speech.diarizer import speakers_of_words

    alone = [[Span(item.start_s, item.end_s) for item in found.exclusive if item.speaker == index] for index in (0, 1)]
    speakers = speakers_of_words(words, found.exclusive)
    sides = [
        Side(
            label,
            samples,
            [word for word, who in zip(words, speakers, strict=True) if who == index],
            [Span(item.start_s, item.end_s) for item in found.overlapping if item.speaker == index],
            voices=max(1, count_voices(voices_of_pieces(samples, alone[index], embed, _PIECES))),
        )
        for index, label in enumerate(_SPEAKERS)
    ]
    return [side for side in sides if side.words]


def _voices(samples: Samples, spans: Sequence[Span], sides: Sequence[Side], embed: Embed) -> int:
    """How many voices are heard: on the sides, or on the whole, which finds some that the sides hide."""
    if not sides:
        return 0
    return max(sum(side.voices for side in sides), count_voices(voices_of_pieces(samples, spans, embed)))


def _menu(samples: Samples, spans: Sequence[Span], words: Sequence[Word], embed: Embed) -> list[Span]:
    if not has_announcement(" ".join(word.text for word in words)):
        return []
    pieces = pieces_of(words, spans)
    flags = menu_pieces(pieces, samples, embed)
    return [Span(piece.start_s, piece.end_s) for piece, is_menu in zip(pieces, flags, strict=True) if is_menu]
