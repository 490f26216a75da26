"""Speech to timed words, and the language they are in, with faster-whisper."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.models.hub.load import verified_hub_model
from coachlake.models.schema import Profile
from coachlake.models.schema import Recogniser as RecogniserOptions
from coachlake.models.weights import verified_weight
from coachlake.speech.activity import Span
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.windows import Window, windows
from coachlake.timings import timed

# Whisper's own limits for text it repeats or invents (openai/whisper, transcribe.py: defaults of `transcribe`).
_MAX_COMPRESSION_RATIO = 2.4
_MIN_LOG_PROBABILITY = -1.0
_MAX_NO_SPEECH = 0.6
_FRAMES_PER_S = 100  # of Whisper's spectrogram
# A single word longer than this is one whose end ran into a pause (seconds).
_MAX_WORD_S = 1.5
# Windows read at once: memory stays the same however long the call.
_BATCH = 4
# Of the encoder's 50 frames a second every so many tell the language: the probabilities stay the same to about .02
# (at every 16th they no longer do), and it costs a sixth.
_LANGUAGE_STEP = 4
# Taken for what is spoken until the recogniser says otherwise, with this share of its probability, and over so many
# seconds once something was heard: a last "bye-bye" by itself sounds Chinese.
_FIRST_GUESS, _SURE, _LEAST_S = "en", 0.6, 5.0


@dataclass(frozen=True, slots=True)
class Heard:
    """`words` in time order; `languages`: ISO 639-1 code → seconds of speech that sound like it (each window's seconds
    shared out by the recogniser's probabilities). Empty where the recogniser knows one language only."""

    words: list[Word]
    languages: dict[str, float] = field(default_factory=dict)


def likeliest_language(languages: dict[str, float]) -> tuple[str | None, float | None]:
    """The language of most seconds and its share of all (0-1); (None, None) where there are none."""
    if not languages:
        return None, None
    code = max(languages, key=lambda name: languages[name])
    return code, languages[code] / sum(languages.values())


def next_language(expected: str, spoken: dict[str, float], *, is_known: bool) -> str:
    """What to hear a group of windows in: as expected, unless `spoken`, its seconds by language, clearly says
    otherwise. `is_known`: whether what is expected was heard before."""
    likeliest, share = likeliest_language(spoken)
    is_enough = not is_known or sum(spoken.values()) >= _LEAST_S
    return likeliest if likeliest and (share or 0.0) >= _SURE and is_enough else expected


class Recogniser:
    """A loaded recogniser. Not shared between processes; one thread on CPU, since several actors share a machine."""

    def __init__(self, profile: Profile, threads: int = 1) -> None:
        from faster_whisper import BatchedInferencePipeline, WhisperModel

        wanted = profile.recogniser
        self._beam_size = wanted.beam_size
        self._model = _keeping_encoded(WhisperModel)(
            str(_model_folder(wanted)),
            device=profile.device,
            compute_type=wanted.compute_type,
            cpu_threads=threads,
            num_workers=1,
        )
        self._batched = BatchedInferencePipeline(self._model)

    def words(self, samples: NDArray[np.float32], spans: Sequence[Span]) -> list[Word]:
        """The words of `heard`."""
        return self.heard(samples, spans).words

    @timed("recognise")
    def heard(self, samples: NDArray[np.float32], spans: Sequence[Span], language: str | None = None) -> Heard:
        """What is said on one speaker's or one mixed channel (float32, samples at 16 kHz), and in what language.

        `spans`: where there is speech (`coachlake.speech.activity`). Nothing else is heard, so silence is neither
        paid for nor hallucinated on; what looks invented (repetition, no speech) is left out. `language`: what to
        expect; a group of windows that clearly is in another one is heard again in that.
        """
        packed = list(windows(spans, samples.size / SAMPLE_RATE_HZ))
        expected, words, languages = language or _FIRST_GUESS, [], Counter[str]()
        for first in range(0, len(packed), _BATCH):
            group = packed[first : first + _BATCH]
            said = list(self._words(group, samples, expected))
            spoken = self.spoken_languages([window.duration_s for window in group])
            now = next_language(expected, spoken, is_known=bool(language or languages))
            if now != expected:
                expected = now
                said = list(self._words(group, samples, expected))
            words += said
            languages.update(spoken)
        return Heard(list(_without_stutter(words)), dict(languages))

    def spoken_languages(self, durations_s: Sequence[float]) -> dict[str, float]:
        """Seconds by language of the windows just heard: one decoder step on what the encoder made of them."""
        if not self._model.model.is_multilingual:
            return {}
        seconds: Counter[str] = Counter()
        found = self._model.model.detect_language(_thinned(self._model.encoded))
        for duration, likely in zip(durations_s, found, strict=True):
            for token, probability in likely:
                seconds[token[2:-2]] += duration * probability
        return dict(seconds)

    def _words(self, group: Sequence[Window], samples: NDArray[np.float32], language: str) -> Iterator[Word]:
        cuts = [window.cut(samples) for window in group]
        edges = [0, *accumulate(cut.size for cut in cuts)]
        clips = [{"start": start / SAMPLE_RATE_HZ, "end": end / SAMPLE_RATE_HZ} for start, end in pairwise(edges)]
        found, _ = self._batched.transcribe(
            np.concatenate(cuts), clip_timestamps=clips, batch_size=_BATCH, language=language, **self._options
        )
        found = list(found)
        encoded = self._model.encoded  # of the whole group, before a window is decoded again
        by_window = _by_window(found, [clip["start"] for clip in clips])
        for window, cut, clip, segments in zip(group, cuts, clips, by_window, strict=True):
            offset = clip["start"]
            if any(segment.compression_ratio > _MAX_COMPRESSION_RATIO for segment in segments):
                segments, offset = self._again(cut, language), 0.0
            yield from (window.placed(word) for word in _whole_words(_plausible(segments), offset))
        self._model.encoded = encoded

    def _again(self, cut: NDArray[np.float32], language: str) -> list[Any]:
        """A window whose text repeats itself, decoded with rising temperature as Whisper does when it is stuck."""
        segments, _ = self._model.transcribe(
            cut,
            compression_ratio_threshold=_MAX_COMPRESSION_RATIO,
            log_prob_threshold=_MIN_LOG_PROBABILITY,
            no_speech_threshold=_MAX_NO_SPEECH,
            language=language,
            **self._options,
        )
        return list(segments)

    @property
    def _options(self) -> dict[str, Any]:
        return {
            "beam_size": self._beam_size,
            "word_timestamps": True,
            "vad_filter": False,
            "condition_on_previous_text": False,
        }


def _by_window(segments: Iterable[Any], starts_s: Sequence[float]) -> list[list[Any]]:
    """The segments of each window. `seek` is the start of a segment's window in frames, rounded down twice on its way:
    16.38 s comes back as 1637. So it goes to the window that starts nearest."""
    windows_of: list[list[Any]] = [[] for _ in starts_s]
    starts = np.array(starts_s) * _FRAMES_PER_S
    for segment in segments:
        windows_of[int(np.argmin(np.abs(starts - segment.seek)))].append(segment)
    return windows_of


def _keeping_encoded(model: type[Any]) -> type[Any]:
    """The recogniser's model with what its encoder made last, so that the language costs no second encoding."""

    class KeepsEncoded(model):  # type: ignore[misc]
        encoded: Any = None

        def encode(self, features: Any) -> Any:
            self.encoded = super().encode(features)
            return self.encoded

    return KeepsEncoded


def _thinned(encoded: Any) -> Any:
    """Every _LANGUAGE_STEP-th frame of what the encoder made; all of them where they lie on a GPU."""
    from ctranslate2 import StorageView

    if encoded.device != "cpu":
        return encoded
    return StorageView.from_array(np.ascontiguousarray(np.array(encoded)[:, ::_LANGUAGE_STEP]))


def _model_folder(wanted: RecogniserOptions) -> Path:
    return verified_hub_model(wanted.hub) if wanted.hub else verified_weight(wanted.weight or "").parent


def _plausible(segments: Iterable[Any]) -> Iterator[Any]:
    """The recogniser's pieces of words from the segments that do not look invented."""
    for segment in segments:
        unsure = segment.no_speech_prob > _MAX_NO_SPEECH and segment.avg_logprob < _MIN_LOG_PROBABILITY
        if not unsure and segment.compression_ratio <= _MAX_COMPRESSION_RATIO:
            yield from segment.words or ()


def _whole_words(pieces: Iterable[Any], offset_s: float = 0.0) -> Iterator[Word]:
    """Whisper's pieces joined where one goes on without a blank ("high" + "-end", "a" + ".m."), `offset_s` earlier."""
    current: Word | None = None
    for piece in pieces:
        start = float(piece.start) - offset_s
        end = min(float(piece.end) - offset_s, start + _MAX_WORD_S)
        if current and not piece.word.startswith(" "):
            probability = min(current.probability or 0.0, float(piece.probability))
            current = Word(current.text + piece.word.strip(), current.start_s, end, probability)
            continue
        if current:
            yield current
        text = piece.word.strip()
        current = Word(text, start, end, float(piece.probability)) if text else None
    if current:
        yield current


def _without_stutter(words: Iterable[Word]) -> Iterator[Word]:
    """Drop the fifth and later repeats of one word in a row: a recogniser stuck on noise, not a person."""
    last, count = "", 0
    for word in words:
        plain = re.sub(r"\W", "", word.text.lower())
        count = count + 1 if plain == last else 1
        last = plain
        if count <= 4:
            yield word
