"""Whether anything said on a channel is unheard: the product beside what can be heard on the whole channel."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.models.profiles import load_profile
from coachlake.speech.activity import Span, speech_spans
from coachlake.speech.decode import Audio, UnreadableAudioError, decode
from coachlake.speech.embedding import VoiceEmbedder
from coachlake.speech.recogniser import Recogniser
from coachlake.speech.two_channels import separated
from evaluation.kit import EvaluationKit
from evaluation.measure import bootstrap
from evaluation.result import Interval, TaskResult
from evaluation.sets import recordings
from evaluation.sets.find import NothingLabelledError, SetNotFoundError
from evaluation.unheard import Channel, Unheard, unheard_on

# Lengths (s) of the pieces in which the recogniser hears a whole channel: what it reads at once, and half of it.
_PASSES_S = (28.5, 14.5)
# Words of one stretch are not independent: the bootstrap draws stretches of this length (s).
_BLOCK_S = 10.0
_Reference = Sequence[recordings.SpokenWord]


def unheard(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """The share of the words said that the product does not write down, by recording and over all, with what it does
    not take for speech and the words that it alone hears (`evaluation.unheard` says what counts as said).

    A recording that the product refuses is named with its reason and is not in the whole.
    """
    recogniser = Recogniser(load_profile(kit.profile))
    results, found = [], list[Unheard]()
    for name, path, reference in _recordings(folder):
        try:
            channels = [unheard_on(channel) for channel in _channels(decode(path), reference, kit, recogniser)]
        except UnreadableAudioError as error:
            results.append(TaskResult("unheard", name, n=0, note=f"refused: {error}"))
            continue
        found += channels
        results.append(_result(name, channels))
    if not found:
        raise NothingLabelledError("audio")
    return [*results, _result(f"all {len(found)} channels", found)]


def _recordings(folder: Path) -> Iterator[tuple[str, Path, _Reference]]:
    with suppress(SetNotFoundError):
        for name, (path, words) in recordings.two_channel_words(folder).items():
            yield f"spokenwoz {name}", path, words
    with suppress(SetNotFoundError):
        for name, path in recordings.two_channel_calls(folder).items():
            yield f"aws {name[:15]}", path, ()
    for path in [*sorted(folder.glob("audio/pyannote/*.wav")), *sorted(folder.glob("audio/*.wav"))]:
        yield path.stem, path, ()


def _channels(audio: Audio, reference: _Reference, kit: EvaluationKit, recogniser: Recogniser) -> Iterator[Channel]:
    transcript = kit.transcriber.transcript_of(audio)
    signals = _signals(audio)
    for index, (samples, spans) in enumerate(signals):
        labels = {who.label for who in transcript.participants if len(signals) == 1 or who.channel == index}
        words = [word for said in transcript.segments if said.speaker in labels for word in said.words]
        first, second = (recogniser.heard(samples, _pieces(audio.duration_s, length), "en") for length in _PASSES_S)
        spoken = [Word(word.text, word.start_s, word.end_s) for word in reference if word.speaker == "AB"[index]]
        written = sorted(words, key=lambda word: (word.start_s, word.end_s))
        yield Channel(samples, spans, written, (first.words, second.words), spoken)


def _signals(audio: Audio) -> list[tuple[NDArray[np.float32], list[Span]]]:
    """What the product hears, and where it finds speech on it."""
    if audio.channels == 2:
        apart = separated(audio.samples[0], audio.samples[1], VoiceEmbedder())
        if apart.mixed is None:
            return list(zip(apart.samples, apart.spans, strict=True))
        return [(apart.mixed, speech_spans(apart.mixed))]
    return [(audio.samples[0], speech_spans(audio.samples[0]))]


def _pieces(duration_s: float, length_s: float) -> list[Span]:
    return [Span(float(at), min(duration_s, float(at) + length_s)) for at in np.arange(0.0, duration_s - 0.1, length_s)]


def _result(name: str, channels: Sequence[Unheard]) -> TaskResult:
    is_lost = np.array([word in found.unheard for found in channels for word in found.said], float)
    blocks = [(at, word.start_s // _BLOCK_S) for at, found in enumerate(channels) for word in found.said]
    loud_s, written = sum(found.loud_s for found in channels), sum(found.written for found in channels)
    share = bootstrap(lambda _, lost: float(np.mean(lost)), np.arange(is_lost.size), is_lost, groups=blocks)
    figures: dict[str, float | Interval] = {
        "unheard": share,
        "words unheard": float(is_lost.sum()),
        "of them outside found speech": float(sum(len(found.undetected) for found in channels)),
        "loud but not found, share of seconds": sum(found.loud_undetected_s for found in channels) / max(loud_s, 0.01),
        "words written": float(written),
        "of them heard by no pass": float(sum(len(found.alone) for found in channels)),
    }
    if any(found.reference for found in channels):
        figures["words of the reference"] = float(sum(found.reference for found in channels))
        figures["of them lacking"] = float(sum(len(found.dropped) for found in channels))
        figures["of them lacking outside found speech"] = float(sum(len(f.dropped_undetected) for f in channels))
    lost = [word.text for found in channels for word in found.unheard]
    return TaskResult("unheard", name, n=is_lost.size, figures=figures, reach_for="≤ .02", note=" ".join(lost))
