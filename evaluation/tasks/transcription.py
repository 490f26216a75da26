"""Recordings: who spoke when, what was said, and whose words are whose on one mixed channel."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from coachlake.conversations.conversation import Word
from coachlake.conversations.roles import likely_conversation
from coachlake.speech.activity import speech_spans
from coachlake.speech.decode import Audio, UnreadableAudioError, decode
from evaluation.kit import EvaluationKit
from evaluation.measure import bootstrap
from evaluation.plain_words import plain_words
from evaluation.result import Interval, TaskResult
from evaluation.sets import recordings
from evaluation.sets.find import NothingLabelledError, SetNotFoundError

# A word belongs to whoever speaks at its middle, give or take this (seconds): edges of words are no better known.
_SLACK_S = 0.2
# Words of one stretch are not independent: the bootstrap draws stretches of this length.
_BLOCK_S = 10.0
_Speaking = Callable[[float, float], set[str]]


def diarization(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Diarization error rate of each recording over its whole length, overlap counted, without a collar; and with
    NIST's collar of 0.25 s on either side of an edge (pyannote.metrics counts both sides together).

    The product allows two speakers a call; recordings of meetings have more, and are there to show what that costs.
    """
    from pyannote.core import Segment, Timeline
    from pyannote.metrics.diarization import DiarizationErrorRate

    results = []
    for name, (path, reference) in recordings.diarized(folder).items():
        audio = decode(path)
        samples = audio.samples.mean(axis=0)
        found, _ = kit.diarizer.annotate(samples, speech_spans(samples))
        whole = Timeline([Segment(0.0, audio.duration_s)])
        parts = DiarizationErrorRate(collar=0.0, skip_overlap=False)(reference, found, uem=whole, detailed=True)
        figures: dict[str, float | Interval] = {
            "DER": float(parts["diarization error rate"]),
            "DER, 0.25 s collar": float(DiarizationErrorRate(collar=0.5)(reference, found, uem=whole)),
            "missed": float(parts["missed detection"] / parts["total"]),
            "false alarm": float(parts["false alarm"] / parts["total"]),
            "confusion": float(parts["confusion"] / parts["total"]),
        }
        speakers = len(reference.labels())
        results.append(
            TaskResult(
                "diarization",
                f"{name}, {speakers} speakers",
                n=len(reference),
                figures=figures,
                baselines={"DER of one speaker throughout": _one_speaker_error(reference, whole)},
                reach_for="DER ≤ 5 %" if speakers == 2 else "report",
                note="one recording; seconds of speech, no interval",
            )
        )
    return _some(results, "audio/pyannote")


def word_errors(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Word error rate of the transcript as the product writes it.

    Both sides lower case, without punctuation, hyphens as blanks, fillers (um, uh, hm) left out; contractions and
    numbers as written.
    """
    import jiwer

    results = []
    for name, (path, said) in recordings.transcribed(folder).items():
        try:
            call = likely_conversation(name, kit.transcriber.transcript_of(decode(path)))
        except UnreadableAudioError as error:
            results.append(TaskResult("word_errors", name, n=0, note=f"refused: {error}"))
            continue
        words = sorted((word for turn in call.turns for word in turn.words), key=_middle)
        found = jiwer.process_words(plain_words(said), plain_words(" ".join(word.text for word in words)))
        figures: dict[str, float | Interval] = {
            "WER": float(found.wer),
            "substitutions": float(found.substitutions),
            "insertions": float(found.insertions),
            "deletions": float(found.deletions),
        }
        n = len(plain_words(said).split())
        results.append(TaskResult("word_errors", name, n=n, figures=figures, reach_for="report", note="n in words"))
    return _some(results, "audio/pyannote")


def speaker_by_word(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Two channels mixed into one and transcribed as mono: the share of recognised words given to who spoke them.

    Speakers are matched to the reference as a whole, the better way round. A word at whose middle the reference has
    nobody speaking is not counted.
    """
    results = []
    with suppress(SetNotFoundError):
        for name, (path, words) in recordings.two_channel_words(folder).items():
            results.append(_by_word(f"spokenwoz {name}", decode(path), _from_words(words), kit))
    with suppress(SetNotFoundError):
        for path in recordings.two_channel_calls(folder).values():
            audio = decode(path)
            results.append(_by_word(f"aws {path.stem[:12]}", audio, _from_channels(audio), kit))
    return _some(results, "audio/spokenwoz, audio/aws")


def _some(results: list[TaskResult], data: str) -> list[TaskResult]:
    if not results:
        raise NothingLabelledError(data)
    return results


def _by_word(data: str, audio: Audio, speaking: _Speaking, kit: EvaluationKit) -> TaskResult:
    mixed = Audio(audio.samples.sum(axis=0, keepdims=True), audio.source_rate_hz)
    try:
        call = likely_conversation(data, kit.transcriber.transcript_of(mixed))
    except UnreadableAudioError as error:
        return TaskResult("speaker_by_word", data, n=0, note=f"refused: {error}")
    words = [(turn.speaker, word) for turn in call.turns for word in turn.words]
    known = [(who, word, there) for who, word in words if (there := speaking(word.start_s, word.end_s))]
    ways = [{"rep": "A", "customer": "B"}, {"rep": "B", "customer": "A"}]
    right = max((np.array([way[who] in there for who, _, there in known]) for way in ways), key=_count)
    commonest = max(sum(name in there for _, _, there in known) for name in "AB")
    share = bootstrap(
        lambda truth, said: float(np.mean(said)),
        np.arange(len(known)),
        right.astype(float),
        groups=[int(word.start_s / _BLOCK_S) for _, word, _ in known],
    )
    result = TaskResult("speaker_by_word", data, n=len(known), figures={"right": share}, reach_for="≥ 95 % of words")
    return replace(result, baselines={"all to one speaker": commonest / max(1, len(known))})


def _count(right: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> int:
    return int(right.sum())


def _from_words(words: Sequence[recordings.SpokenWord]) -> _Speaking:
    return _lookup({name: [(w.start_s, w.end_s) for w in words if w.speaker == name] for name in "AB"})


def _from_channels(audio: Audio) -> _Speaking:
    spans = {name: speech_spans(samples) for name, samples in zip("AB", audio.samples, strict=True)}
    return _lookup({name: [(span.start_s, span.end_s) for span in found] for name, found in spans.items()})


def _lookup(spoken: dict[str, list[tuple[float, float]]]) -> _Speaking:
    def speaking(start_s: float, end_s: float) -> set[str]:
        middle = (start_s + end_s) / 2
        near = {name: _distance(middle, stretches) for name, stretches in spoken.items()}
        return {name for name, away in near.items() if away <= (0.0 if min(near.values()) == 0.0 else _SLACK_S)}

    return speaking


def _distance(at_s: float, stretches: Sequence[tuple[float, float]]) -> float:
    return min((max(start - at_s, at_s - end, 0.0) for start, end in stretches), default=float("inf"))


def _middle(word: Word) -> float:
    return (word.start_s + word.end_s) / 2


def _one_speaker_error(reference: "object", whole: "object") -> float:
    from pyannote.core import Annotation
    from pyannote.metrics.diarization import DiarizationErrorRate

    single = Annotation()
    for segment in reference.get_timeline().support():  # type: ignore[attr-defined]
        single[segment] = "one"
    return float(DiarizationErrorRate(collar=0.0, skip_overlap=False)(reference, single, uem=whole))
