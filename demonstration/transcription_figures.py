"""How well calls were transcribed, against what was spoken: words, speakers, interruptions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# A found interruption is the planted one if it starts within this many seconds of it.
_MATCH_S = 1.5


@dataclass(frozen=True, slots=True)
class TranscribedTurn:
    """A turn as found: its words as (start_s, end_s)."""

    speaker: str
    start_s: float
    text: str
    words: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class TranscribedCall:
    """A call's gold beside what was found in it. `cut_starts`: when each found interruption starts (seconds)."""

    gold: dict[str, Any]
    turns: Sequence[TranscribedTurn]
    cut_starts: Sequence[float]


@dataclass(frozen=True, slots=True)
class TranscriptionFigures:
    """Rates 0–1 with their 95 % Wilson interval; None where there was nothing to compare."""

    calls: int
    words: int
    word_error_rate: float | None
    speaker_accuracy_by_word: float | None
    interruptions_planted: int
    interruptions_found: int
    interruption_precision: float | None
    interruption_precision_interval: tuple[float, float] | None
    interruption_recall: float | None
    interruption_recall_interval: tuple[float, float] | None


def transcription_figures(calls: Sequence[TranscribedCall]) -> TranscriptionFigures:
    """Figures over calls that have been transcribed.

    Word error rate: each side's words in order of time against that side's lines, so that overlap does not shuffle
    words; lower case, no punctuation, numbers as written. Speaker accuracy: share of recognised words whose
    speaker is one who speaks at the word's middle in gold.
    """
    planted, found, right = _interruptions(calls)
    return TranscriptionFigures(
        calls=len(calls),
        words=sum(len(_gold_words(call.gold, "rep") + _gold_words(call.gold, "customer")) for call in calls),
        word_error_rate=_word_error_rate(calls),
        speaker_accuracy_by_word=_speaker_accuracy(calls),
        interruptions_planted=planted,
        interruptions_found=found,
        interruption_precision=right / found if found else None,
        interruption_precision_interval=_wilson(right, found),
        interruption_recall=right / planted if planted else None,
        interruption_recall_interval=_wilson(right, planted),
    )


def _wilson(count: int, n: int) -> tuple[float, float] | None:
    from statsmodels.stats.proportion import proportion_confint

    if n == 0:
        return None
    low, high = proportion_confint(count, n, method="wilson")
    return float(low), float(high)


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("-", " "))


def _gold_words(gold: dict[str, Any], speaker: str) -> list[str]:
    return [word for line in gold["lines"] if line["speaker"] == speaker for word in _plain(line["text"])]


def _word_error_rate(calls: Sequence[TranscribedCall]) -> float | None:
    import jiwer

    references, hypotheses = [], []
    for call in calls:
        ordered = sorted(call.turns, key=lambda turn: turn.start_s)
        for speaker in ("rep", "customer"):
            references.append(" ".join(_gold_words(call.gold, speaker)))
            hypotheses.append(" ".join(w for turn in ordered if turn.speaker == speaker for w in _plain(turn.text)))
    return float(jiwer.wer(references, hypotheses)) if references else None


def _speaker_accuracy(calls: Sequence[TranscribedCall]) -> float | None:
    right = total = 0
    for call in calls:
        lines = call.gold["lines"]
        for turn in call.turns:
            for start, end in turn.words:
                middle = (start + end) / 2
                speaking = {ln["speaker"] for ln in lines if ln["start_s"] - 0.2 <= middle <= ln["end_s"] + 0.2}
                if speaking:
                    total += 1
                    right += turn.speaker in speaking
    return right / total if total else None


def _interruptions(calls: Sequence[TranscribedCall]) -> tuple[int, int, int]:
    """Planted, found, and found that match a planted one (each matched once)."""
    planted = found = right = 0
    for call in calls:
        open_starts = list(call.gold["interruptions"])
        planted += len(open_starts)
        found += len(call.cut_starts)
        for start in call.cut_starts:
            match = next((at for at in open_starts if abs(at - start) <= _MATCH_S), None)
            if match is not None:
                open_starts.remove(match)
                right += 1
    return planted, found, right
