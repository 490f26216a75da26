"""Any recording a contact centre keeps, decoded to 16 kHz float channels."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.containers import opened
from coachlake.timings import timed

SAMPLE_RATE_HZ = 16_000
_MIN_SECONDS = 1.0
# Longer than any call, and 1.8 GB of samples for two channels.
_MAX_SECONDS = 4 * 3600.0
# Rates recordings have. A header that says 1 Hz would make hours of a few kilobytes.
_RATES_HZ = (4_000, 192_000)
# Peak below this (dBFS) means nobody spoke: line noise of a dead channel lies under it.
_SILENCE_PEAK_DB = -55.0
# Decoders overshoot full scale a little; far beyond it are numbers, not sound.
_MAX_PEAK = 100.0
# Two channels that correlate above this are one recording written twice.
_DUAL_MONO_CORRELATION = 0.999
# Share of blocks that must be damaged before a person is told.
_DAMAGE_WORTH_SAYING = 0.005
# Streams of one file that begin this far apart (seconds) are put where they belong; encoders' own delays are shorter.
_STREAM_OFFSET_S = 0.1


class UnreadableAudioError(ValueError):
    """The recording cannot be used; the message is the reason a person can act on."""


@dataclass(frozen=True, slots=True)
class Audio:
    """`samples`: float32, channels × samples at SAMPLE_RATE_HZ, in -1..1. `source_rate_hz` is the file's own rate.

    `notes`: sentences for people about what could not be read.
    """

    samples: NDArray[np.float32]
    source_rate_hz: int
    notes: tuple[str, ...] = ()

    @property
    def channels(self) -> int:
        """Number of channels: 1 or 2."""
        return int(self.samples.shape[0])

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return float(self.samples.shape[1]) / SAMPLE_RATE_HZ


@timed("decode")
def decode(path: str | Path) -> Audio:
    """Decode a recording (whatever FFmpeg reads as sound, by content and not by suffix; G.711, GSM and G.722 also
    without a header) to channels × samples at 16 kHz.

    Two audio streams are two channels. Two identical channels come back as one. Raises UnreadableAudioError where the
    file is no audio, is cut off before one second, lasts over four hours, has more than two channels or streams, or is
    silent throughout.
    """
    audio = read_channels(path)
    return Audio(_checked(audio.samples), audio.source_rate_hz, audio.notes)


def can_decode(path: str | Path) -> str | None:
    """None where the file opens and its first block of sound decodes; else the reason why not, in plain words."""
    from coachlake.speech.decoder_process import first_block_of

    try:
        first_block_of(Path(path))
    except UnreadableAudioError as error:
        return str(error)
    return None


def header_minutes(path: str | Path) -> float | None:
    """How long the file's header says it lasts; None where it does not say. Raises UnreadableAudioError as `decode`."""
    with _audio_streams(Path(path)) as (container, streams):
        lengths = [float(stream.duration * stream.time_base) for stream in streams if stream.duration]
        whole = [container.duration / 1_000_000] if container.duration else []
    return max([*lengths, *whole], default=0.0) / 60 or None


def recording_tags(path: str | Path) -> dict[str, str]:
    """What a recording's own header says of itself (lower-case names); empty where it is none or says nothing."""
    try:
        with _audio_streams(Path(path)) as (container, streams):
            tags = dict(container.metadata)
            for stream in streams:
                tags |= stream.metadata
    except UnreadableAudioError:
        return {}
    return {str(name).lower(): str(value) for name, value in tags.items()}


def read_channels(path: str | Path) -> Audio:
    """As `decode`, without asking whether anything is to be heard. The work is done in a process of its own."""
    from coachlake.speech.decoder_process import channels_of

    return channels_of(Path(path))


def first_block_here(path: Path) -> None:
    """Decode the first block of sound, in this process. Raises UnreadableAudioError where there is none."""
    with _audio_streams(path) as (container, streams):
        if not any(packet.decode() for packet in container.demux(streams)):
            raise UnreadableAudioError("the file holds no sound")


def read_here(path: Path) -> Audio:
    """The channels of a recording, decoded in this process."""
    with _audio_streams(path) as (container, streams):
        tracks = {stream.index: _Track(stream, is_one_of_two=len(streams) == 2) for stream in streams}
        notes = _fill(container, streams, tracks)
        samples = _aligned([track.samples() for track in tracks.values()], [t.starts_s for t in tracks.values()])
        return Audio(samples, int(streams[0].rate), notes)


@contextmanager
def _audio_streams(path: Path) -> Iterator[tuple[Any, list[Any]]]:
    """The open container and its audio streams, one or two, with headers that can be true."""
    import av

    try:
        with opened(path) as container:
            yield container, _usable(container)
    except (av.FFmpegError, EOFError) as error:
        raise UnreadableAudioError(f"not readable as audio: {getattr(error, 'strerror', None) or error}") from error


def _usable(container: Any) -> list[Any]:
    streams = list(container.streams.audio)
    if not streams:
        raise UnreadableAudioError("the file holds no audio stream")
    if len(streams) > 2:
        raise UnreadableAudioError(f"{len(streams)} audio streams: expected one, or two with one person each")
    for stream in streams:
        if stream.codec_context is None:
            raise UnreadableAudioError("the codec of the recording is not known here")
        rate, channels = int(stream.rate or 0), int(stream.channels)
        if not _RATES_HZ[0] <= rate <= _RATES_HZ[1]:
            raise UnreadableAudioError(f"the header says {rate} samples a second: expected 4 to 192 kHz")
        if channels > 2:
            raise UnreadableAudioError(f"{channels} channels: expected a mono or two-channel recording")
    return streams


def _fill(container: Any, streams: Sequence[Any], tracks: "dict[int, _Track]") -> tuple[str, ...]:
    """Decode every packet into its track; notes on what could not be. What can be read counts.

    A damaged packet (or one of comfort noise that the decoder lacks) is silence, and a recording cut off in the middle
    keeps what came before.
    """
    import av

    read, damaged, seen = 0, 0, None
    try:
        for packet in container.demux(streams):
            try:
                for frame in packet.decode():
                    tracks[packet.stream.index].add(frame)
                    read += 1
            except av.FFmpegError as error:
                damaged, seen = damaged + 1, error
                tracks[packet.stream.index].add_silence(float((packet.duration or 0) * packet.time_base))
    except av.InvalidDataError as error:
        damaged, seen = damaged + 1, error
    if seen is not None and not read:
        raise seen
    return (_damage(damaged, read),) if damaged > read * _DAMAGE_WORTH_SAYING else ()


def _damage(damaged: int, read: int) -> str:
    return f"{damaged} of {damaged + read} blocks of the recording could not be decoded and are silence."


class _Track:
    """The blocks of one stream, resampled as they come."""

    def __init__(self, stream: Any, *, is_one_of_two: bool) -> None:
        self._layout = "stereo" if stream.channels == 2 and not is_one_of_two else "mono"
        self._resampler: Any = None
        self._kind: tuple[Any, ...] = ()
        self._blocks: list[NDArray[np.float32]] = []
        self._length = 0
        self.starts_s = float((stream.start_time or 0) * stream.time_base) if stream.time_base else 0.0

    def add(self, frame: Any) -> None:
        """One decoded frame; its rate or layout may differ from the last one's."""
        import av

        kind = (frame.sample_rate, frame.layout.name, frame.format.name)
        if kind != self._kind:
            self._flush()
            self._kind = kind
            self._resampler = av.AudioResampler(format="fltp", layout=self._layout, rate=SAMPLE_RATE_HZ)
        self._keep(self._resampler.resample(frame))

    def add_silence(self, seconds: float) -> None:
        """What could not be decoded, at its length: what follows keeps its time."""
        if 0 < seconds < 1:
            self._flush()
            self._kind = ()
            self._put([np.zeros((2 if self._layout == "stereo" else 1, round(seconds * SAMPLE_RATE_HZ)), np.float32)])

    def samples(self) -> NDArray[np.float32]:
        """Channels × samples at 16 kHz."""
        self._flush()
        channels = 2 if self._layout == "stereo" else 1
        return np.concatenate(self._blocks, axis=1) if self._blocks else np.zeros((channels, 0), np.float32)

    def _flush(self) -> None:
        if self._resampler is not None:
            self._keep(self._resampler.resample(None))
            self._resampler = None

    def _keep(self, frames: Sequence[Any]) -> None:
        self._put([frame.to_ndarray() for frame in frames])

    def _put(self, blocks: Sequence[NDArray[np.float32]]) -> None:
        self._length += sum(block.shape[1] for block in blocks)
        if self._length > _MAX_SECONDS * SAMPLE_RATE_HZ:
            raise UnreadableAudioError(f"longer than {_MAX_SECONDS / 3600:.0f} hours")
        self._blocks += blocks


def _aligned(parts: Sequence[NDArray[np.float32]], starts_s: Sequence[float]) -> NDArray[np.float32]:
    """One array; two streams as two channels, the later one shifted, the shorter one filled with silence."""
    if len(parts) == 1:
        return parts[0]
    late = [start - min(starts_s) if start - min(starts_s) > _STREAM_OFFSET_S else 0.0 for start in starts_s]
    shifts = [int(seconds * SAMPLE_RATE_HZ) for seconds in late]
    length = max(shift + part.shape[1] for shift, part in zip(shifts, parts, strict=True))
    if length > _MAX_SECONDS * SAMPLE_RATE_HZ:
        raise UnreadableAudioError("the two streams of the file begin hours apart")
    both = np.zeros((2, length), np.float32)
    for row, (shift, part) in enumerate(zip(shifts, parts, strict=True)):
        both[row, shift : shift + part.shape[1]] = part[0]
    return both


def _checked(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    seconds = samples.shape[1] / SAMPLE_RATE_HZ
    if seconds < _MIN_SECONDS:
        raise UnreadableAudioError(f"only {seconds:.2f} s of audio")
    peak = max(float(samples.max()), -float(samples.min()))  # no copy: two hours are a gigabyte
    if not np.isfinite(peak) or peak > _MAX_PEAK:
        raise UnreadableAudioError(f"samples of {peak:g} times full scale: the recording is no sound")
    if not 20 * np.log10(max(peak, 1e-9)) >= _SILENCE_PEAK_DB:
        raise UnreadableAudioError("silent throughout")
    if samples.shape[0] == 2 and _is_dual_mono(samples):
        return samples[:1]
    return samples


def _is_dual_mono(samples: NDArray[np.float32]) -> bool:
    left, right = samples[0], samples[1]
    energy = float(np.sqrt(np.dot(left, left)) * np.sqrt(np.dot(right, right)))
    return energy > 0 and float(np.dot(left, right)) / energy > _DUAL_MONO_CORRELATION
