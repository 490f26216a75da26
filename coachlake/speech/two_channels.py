"""A recording with two channels: each side of the call on its own, whatever way they really arrived."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.speech.activity import Span, speech_spans
from coachlake.speech.channels.arrangement import Arrangement, arrangement
from coachlake.speech.channels.leakage import cancelled, remaining_db, without_leakage
from coachlake.speech.channels.lost import lost_after
from coachlake.speech.channels.swap import swap_time
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.doubtful import doubtful_spans, with_believed
from coachlake.speech.edges import within_speech
from coachlake.speech.levels import active_level_db, levels_db
from coachlake.speech.menu import Embed
from coachlake.speech.recogniser import Heard
from coachlake.speech.sides import Side, Sides
from coachlake.speech.voices import PieceVoices, count_voices, voices_of_pieces
from coachlake.timings import timed

Samples = NDArray[np.float32]
_T = TypeVar("_T", Span, Word)
Hear = Callable[[Samples, Sequence[Span], str | None], Heard]

NAMES = ("left", "right")
# Pieces of speech a side whose voices are compared. Of 36 channels of one person (real and made) none has two voices by
# them; of 80 that two real people share, 72.
_PIECES = 12
# A channel with less speech than this (s) and this share of the other's holds no side of the call.
_EMPTY_S, _EMPTY_SHARE = 1.5, 0.03


@dataclass(frozen=True, slots=True)
class Channels:
    """Two channels made ready to be heard: `samples` without what leaks, `spans` of each one's own speech, and what
    people are told. `mixed` is set where both hold one signal or one holds everything: that signal; else `voices` are
    those of pieces of each side."""

    samples: tuple[Samples, Samples]
    spans: tuple[list[Span], list[Span]]
    found: Arrangement
    notes: tuple[str, ...]
    mixed: Samples | None = None
    mixed_channel: int | None = None
    voices: tuple[PieceVoices, ...] = ()


@timed("separate_channels")
def separated(left: Samples, right: Samples, embed: Embed) -> Channels:
    """Find out what the channels hold and put each side on its own. `embed`: one person's speech → unit vector."""
    found = arrangement(left, right)
    if found.kind == "one_signal":
        note = "Both channels hold the same mixed recording: heard as one."
        return Channels((left, right), ([], []), found, (note,), _cleaner(left, right))
    samples = cancelled(left, right, found.leaks)
    spans = _own_spans(samples, found)
    lengths = [sum(end - start for start, end in own) for own in spans]
    empty = int(np.argmin(lengths))
    if lengths[empty] < min(_EMPTY_S, max(0.3, _EMPTY_SHARE * lengths[1 - empty])) and lengths[1 - empty]:
        note = (
            f"The {NAMES[empty]} channel carries no speech: the {NAMES[1 - empty]} one is heard as a mixed recording."
        )
        return Channels(samples, spans, found, (note,), (left, right)[1 - empty], 1 - empty)
    notes = []
    voices = tuple(voices_of_pieces(samples[i], spans[i], embed, _PIECES) for i in (0, 1))
    at = swap_time(voices, spans)
    if at is not None:
        samples, spans = _swapped(samples, at), _swapped_spans(spans, at)
        voices = ()  # of sides as they were
        notes.append(f"The channels change sides at {at:.0f} s: after that left and right are exchanged.")
    for side in (0, 1):
        lost = lost_after(samples[side], spans[side], spans[1 - side])
        if lost is not None:
            notes.append(
                f"The {NAMES[side]} side is not heard after {lost:.0f} s while the other goes on: muted or lost."
            )
    return Channels(samples, spans, found, tuple(notes), voices=voices)


def heard_separately(channels: Channels, hear: Hear) -> Sides:
    """Both sides transcribed, every word on its own side."""
    doubtful = [doubtful_spans(own, spans) for own, spans in zip(channels.samples, channels.spans, strict=True)]
    asked = [sorted([*spans, *more]) for spans, more in zip(channels.spans, doubtful, strict=True)]
    first = hear(channels.samples[0], asked[0], None)
    expected = max(first.languages, key=lambda code: first.languages[code]) if first.languages else None
    heard = [first, hear(channels.samples[1], asked[1], expected)]
    kept = _own(
        [within_speech(found.words, own) for found, own in zip(heard, asked, strict=True)],
        channels.samples,
        channels.found,
    )
    languages: dict[str, float] = {}
    for found in heard:
        for code, seconds in found.languages.items():
            languages[code] = languages.get(code, 0.0) + seconds
    said = [with_believed(kept[i], channels.spans[i], doubtful[i]) for i in (0, 1)]
    sides = [Side(NAMES[i], channels.samples[i], *said[i], channel=i) for i in (0, 1)]
    return Sides(sides, languages, channels.notes)


def with_voices_counted(heard: Sides, channels: Channels) -> Sides:
    """The sides, without menus, each with the number of voices on it (1 where that was not looked at)."""
    if not channels.voices:
        return heard
    counted = [
        side
        if side.channel is None or side.role
        else replace(side, voices=max(1, count_voices(channels.voices[side.channel].within(side.spans))))
        for side in heard.sides
    ]
    return replace(heard, sides=counted)


def _own_spans(samples: tuple[Samples, Samples], found: Arrangement) -> tuple[list[Span], list[Span]]:
    left, right = _own([speech_spans(channel) for channel in samples], samples, found)
    return left, right


def _own(items: Sequence[list[_T]], samples: tuple[Samples, Samples], found: Arrangement) -> list[list[_T]]:
    """Words or spans of both channels without what leaked onto each from the other."""
    kept = []
    for side in (0, 1):
        own, other, leak = samples[side], samples[1 - side], found.leaks[1 - side]
        least, delay = remaining_db(own, other, leak), leak.delay_s if leak else 0.0
        kept.append(without_leakage(items[side], own, other, items[1 - side], least, delay))
    return kept


def _cleaner(left: Samples, right: Samples) -> Samples:
    """The one that stands further above its noise."""
    levels = [levels_db(channel) for channel in (left, right)]
    above = [active_level_db(found) - float(np.percentile(found, 5)) for found in levels]
    return (left, right)[int(np.argmax(above))]


def _swapped(samples: tuple[Samples, Samples], at_s: float) -> tuple[Samples, Samples]:
    at = int(at_s * SAMPLE_RATE_HZ)
    left, right = samples
    return np.concatenate([left[:at], right[at:]]), np.concatenate([right[:at], left[at:]])


def _swapped_spans(spans: tuple[list[Span], list[Span]], at_s: float) -> tuple[list[Span], list[Span]]:
    early = [[span for span in own if span.start_s < at_s] for own in spans]
    late = [[span for span in own if span.start_s >= at_s] for own in spans]
    return early[0] + late[1], early[1] + late[0]
