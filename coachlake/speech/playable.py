"""A copy of a recording that browsers play, where they do not play it as it is."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coachlake.files import whole_file
from coachlake.speech.containers import opened
from coachlake.speech.decode import SAMPLE_RATE_HZ, UnreadableAudioError, read_channels

# What Chromium, Firefox and Safari play, by FFmpeg's names: container → codecs.
_PLAYED = {
    "wav": {"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le", "pcm_mulaw", "pcm_alaw"},
    "mp3": {"mp3", "mp3float"},
    "flac": {"flac"},
    "ogg": {"opus", "vorbis", "flac"},
    "aac": {"aac"},
    "mov,mp4,m4a,3gp,3g2,mj2": {"aac", "mp3", "mp3float"},
    "matroska,webm": {"opus", "vorbis"},
}
# What a browser is told a file is goes by its suffix: one that does not fit its content is copied too.
_SUFFIXES = {
    "wav": {".wav"},
    "mp3": {".mp3"},
    "flac": {".flac"},
    "ogg": {".ogg", ".opus", ".oga"},
    "aac": {".aac"},
    "mov,mp4,m4a,3gp,3g2,mj2": {".m4a", ".mp4"},
    "matroska,webm": {".webm"},
}
Spans = Sequence[tuple[float, float]]
# Word times are those of a recogniser: a sound may begin and end this far outside (seconds).
_AROUND_S = 0.15
_BIT_RATE = 64_000
_BLOCK = 1152 * 100  # samples; an MP3 frame holds 1152


def plays_as_it_is(path: Path) -> bool:
    """Whether browsers play the file: its codec, its container and its suffix. False where it is no recording."""
    import av

    try:
        with opened(path) as container:
            streams, form = container.streams.audio, container.format.name
            return (
                len(streams) == 1
                and streams[0].codec_context is not None
                and streams[0].codec_context.name in _PLAYED.get(form, set())
                and path.suffix.lower() in _SUFFIXES.get(form, set())
            )
    except (av.FFmpegError, EOFError):
        return False


def playable_copy(path: Path, cache_folder: Path, muted: Spans = ()) -> Path:
    """The file itself where browsers play it and nothing is muted; else an MP3 of it (16 kHz, its channels kept) in
    `cache_folder`, made at the first call and again when the file or what is `muted` (seconds) changes.

    Raises UnreadableAudioError where it cannot be decoded.
    """
    if not muted and plays_as_it_is(path):
        return path
    target = copy_of(path, cache_folder, muted)
    if not target.exists():
        samples = read_channels(path).samples
        if not samples.shape[1]:
            raise UnreadableAudioError("the file holds no sound")
        for start_s, end_s in muted:
            first, last = (round(at * SAMPLE_RATE_HZ) for at in (start_s - _AROUND_S, end_s + _AROUND_S))
            samples[:, max(0, first) : max(0, last)] = 0.0
        with whole_file(target) as part:
            _encode(samples, part)
    return target


def copy_of(path: Path, cache_folder: Path, muted: Spans = ()) -> Path:
    """Where the copy of a file is kept, made or not: named by the file's place, size, time of change and mutes."""
    stat = path.stat()
    named = f"{path.resolve()} {stat.st_size} {stat.st_mtime_ns} {sorted(muted) if muted else ''}".rstrip()
    key = hashlib.sha256(named.encode()).hexdigest()
    return cache_folder / f"{key[:24]}.mp3"


def _encode(samples: "np.ndarray[tuple[int, int], np.dtype[np.float32]]", target: Path) -> None:
    import av

    layout = "stereo" if samples.shape[0] == 2 else "mono"
    with av.open(str(target), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=SAMPLE_RATE_HZ, layout=layout)
        stream.bit_rate = _BIT_RATE
        resampler = av.AudioResampler(stream.format, layout, SAMPLE_RATE_HZ, frame_size=1152)
        for first in range(0, samples.shape[1], _BLOCK):
            block = np.ascontiguousarray(np.clip(samples[:, first : first + _BLOCK], -1, 1))
            frame = av.AudioFrame.from_ndarray(block, "fltp", layout)
            frame.sample_rate = SAMPLE_RATE_HZ
            for part in resampler.resample(frame):
                container.mux(stream.encode(part))
        for part in resampler.resample(None):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
