"""The vocabulary every signal, scorer and importer shares: words, turns and the conversation they make.

Times are seconds from the start of the call. A *turn* is one stretch of speech by one speaker;
turns of different speakers may overlap in time. `turn_index` is the position in start order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

Speaker = Literal["rep", "customer"]
Phase = Literal["opening", "discovery", "resolution", "closing"]


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word. `start_s`/`end_s` in seconds; `probability` in 0–1, None where the source has none."""

    text: str
    start_s: float
    end_s: float
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Voice tone of one turn. Pitch in Hz (median of voiced frames), loudness in dBFS (median frame RMS),
    rate in words per second of speech. Each `*_z` is the distance from the same speaker's own baseline over
    the call in robust standard deviations; None where there is too little speech to say."""

    pitch_hz: float | None = None
    loudness_db: float | None = None
    rate_wps: float | None = None
    pitch_z: float | None = None
    loudness_z: float | None = None
    rate_z: float | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of speech by one speaker. `words` is empty where the source gives no word times."""

    turn_index: int
    speaker: Speaker
    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...] = ()
    is_backchannel: bool = False
    voice: Voice | None = None

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s

    @property
    def word_count(self) -> int:
        """Number of words: recognised words where known, else blank-separated tokens of the text."""
        return len(self.words) or len(self.text.split())


@dataclass(frozen=True, slots=True)
class Conversation:
    """A call (or practice session) as turns in start order.

    `is_timed` is False where the source carried no real clock (a chat or an untimed transcript): timing
    signals (interruptions, pace, gaps, silence) are then not applicable rather than zero.
    """

    call_id: str
    turns: tuple[Turn, ...]
    duration_s: float
    is_timed: bool = True
    notes: tuple[str, ...] = field(default=())

    def by(self, speaker: Speaker) -> Iterator[Turn]:
        """The turns of one speaker, in start order."""
        return (turn for turn in self.turns if turn.speaker == speaker)


def conversation_from_turns(
    call_id: str, turns: list[Turn], duration_s: float | None = None, *, is_timed: bool = True
) -> Conversation:
    """Sort turns by start (then end), renumber `turn_index` from 0 and wrap them as a conversation.

    `duration_s` defaults to the latest end. Raises ValueError where a turn ends before it starts.
    """
    for turn in turns:
        if turn.end_s < turn.start_s:
            raise ValueError(f"turn {turn.turn_index} of {call_id} ends ({turn.end_s} s) before it starts")
    ordered = sorted(turns, key=lambda turn: (turn.start_s, turn.end_s))
    numbered = tuple(replace(turn, turn_index=index) for index, turn in enumerate(ordered))
    latest = max((turn.end_s for turn in numbered), default=0.0)
    return Conversation(call_id, numbered, duration_s if duration_s is not None else latest, is_timed)


def conversation_from_lines(call_id: str, lines: list[tuple[Speaker, str]]) -> Conversation:
    """An untimed conversation from (speaker, text) pairs: a chat, a practice session, a labelled dialogue.

    Turns follow one another at a nominal pace (`turn_of_line`), so that quotes have a place; `is_timed` is False, so
    timing signals do not apply.
    """
    turns, clock = list[Turn](), 0.0
    for index, (speaker, text) in enumerate(lines):
        turns.append(turn_of_line(index, speaker, text, clock))
        clock = turns[-1].end_s
    return Conversation(call_id, tuple(turns), clock, is_timed=False)


def turn_of_line(turn_index: int, speaker: Speaker, text: str, start_s: float) -> Turn:
    """A turn without a clock of its own: each word is given a nominal 0.4 s (150 words a minute)."""
    return Turn(turn_index, speaker, start_s, start_s + 0.4 * max(1, len(text.split())), text)
