"""A transcript without markers and invented text, and how much of what was said is left."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from statistics import median

from coachlake.admission.loops import is_invented, looped
from coachlake.admission.markers import without_markers
from coachlake.admission.tokens import plain, with_tokens
from coachlake.conversations.transcript import Segment, Transcript

# A marker inside a sentence stands for "a word or a phrase" in the transcription guides.
_MARKED_WORDS = 2.0
# The recogniser is more likely wrong than right about words below this. Of the words of seven plain calls (telephone,
# one and two channels) 4–14 % are; of English that Whisper base invents for Spanish 47 %, for noise 89 %.
UNSURE_BELOW = 0.5

# No stretch of one speaker is longer: a wrong time does not outweigh a call.
_LONGEST_S = 3600.0


@dataclass(frozen=True, slots=True)
class Understood:
    """`segments` is what people said, without markers and invented text. Shares are of the speech of everyone but
    machines, by time (s) or by words where there is no clock: `share` is intelligible, `looped` was invented.
    `by_speaker` is `share` for each label, who speaks most first; `invented_words` were cut out."""

    segments: tuple[Segment, ...]
    share: float
    looped: float
    invented_words: int
    by_speaker: Mapping[str, float]


def understood(transcript: Transcript, machines: frozenset[str] = frozenset()) -> Understood:
    """What can be understood of a transcript. `machines`: labels whose words are nobody's; they are left as they are.

    Nothing said is a share of 1: there was nothing to understand.
    """
    places = [index for index, s in enumerate(transcript.segments) if s.speaker not in machines]
    people = [transcript.segments[index] for index in places]
    unmarked = [without_markers(segment.text) for segment in people]
    loops = _looped_tokens(people, [item.tokens for item in unmarked])
    typical = _typical_words([item.tokens for item in unmarked])
    kept: list[Segment | None] = list(transcript.segments)
    total: dict[str, float] = defaultdict(float)
    clear: dict[str, float] = defaultdict(float)
    in_loops, invented = 0.0, 0
    for place, segment, (tokens, unheard), loop in zip(places, people, unmarked, loops, strict=True):
        rest = ["" if is_loop else token for token, is_loop in zip(tokens, loop, strict=True)]
        lost = sum(map(bool, tokens)) - sum(map(bool, rest))
        alone = not any(tokens) and unheard
        marked = unheard * (max(_MARKED_WORDS, typical) if alone else _MARKED_WORDS)
        unsure = _unsure(segment, rest)
        words = sum(map(bool, tokens)) + marked
        kept[place] = with_tokens(segment, rest)
        invented += lost
        if not words:
            continue
        weight = _weight(segment, words, is_timed=transcript.is_timed)
        total[segment.speaker] += weight
        clear[segment.speaker] += weight * (words - marked - lost - unsure) / words
        in_loops += weight * lost / words
    everything = sum(total.values())
    return Understood(
        tuple(segment for segment in kept if segment is not None),
        sum(clear.values()) / everything if everything else 1.0,
        in_loops / everything if everything else 0.0,
        invented,
        {label: clear[label] / total[label] for label in sorted(total, key=lambda label: -total[label])},
    )


def _weight(segment: Segment, words: float, *, is_timed: bool) -> float:
    """How much a stretch counts: its seconds where it has some, else its words, at 150 a minute beside a clock."""
    seconds = segment.end_s - segment.start_s
    if is_timed and isfinite(seconds) and seconds > 0:
        return min(seconds, _LONGEST_S)
    return words * (0.4 if is_timed else 1.0)


def _typical_words(texts: Sequence[Sequence[str]]) -> float:
    """How many words a stretch holds: what one that was not understood at all stands for."""
    return median([sum(map(bool, tokens)) for tokens in texts if any(tokens)] or [0])


def _unsure(segment: Segment, tokens: Sequence[str]) -> int:
    """How many of the words that are left the recogniser only guessed."""
    if len(segment.words) != len(tokens):
        return 0
    return sum(
        bool(token) and word.probability is not None and not word.probability >= UNSURE_BELOW
        for word, token in zip(segment.words, tokens, strict=True)
    )


def _looped_tokens(people: Sequence[Segment], texts: Sequence[Sequence[str]]) -> list[list[bool]]:
    """For each token of each segment whether nobody said it: in the order of the call, and of each speaker."""
    marks = [[is_invented(" ".join(tokens))] * len(tokens) for tokens in texts]
    words = [[plain(token) for token in tokens] for tokens in texts]
    places = [(s, t) for s, tokens in enumerate(words) for t, word in enumerate(tokens) if word]
    by_speaker: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place in places:
        by_speaker[people[place[0]].speaker].append(place)
    orders = [places, *by_speaker.values()] if len(by_speaker) > 1 else [places]
    for order in orders:
        found = looped([words[s][t] for s, t in order])
        for (s, t), is_loop in zip(order, found.tolist(), strict=True):
            marks[s][t] = marks[s][t] or is_loop
    return marks
