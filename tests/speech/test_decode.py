"""What contact centres keep their recordings in, and what cannot be used."""

from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from coachlake.speech.decode import SAMPLE_RATE_HZ, UnreadableAudioError, decode

_SECONDS = 2.0


def _tones(rate_hz: int) -> np.ndarray:  # type: ignore[type-arg]
    """440 Hz on the left, 880 Hz on the right; samples × channels."""
    at = np.arange(int(_SECONDS * rate_hz)) / rate_hz
    return np.stack([0.3 * np.sin(2 * np.pi * hz * at) for hz in (440, 880)], axis=1).astype(np.float32)


def _loudest_hz(samples: np.ndarray) -> float:  # type: ignore[type-arg]
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * SAMPLE_RATE_HZ / samples.size)


def _encoded(path: Path, codec: str, rate_hz: int) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout="stereo")
        resampler = av.AudioResampler(
            stream.format, "stereo", rate_hz, frame_size=stream.codec_context.frame_size or 960
        )
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(_tones(rate_hz).T), "fltp", "stereo")
        frame.sample_rate = rate_hz
        for block in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))
    return path


def _is_as_written(path: Path) -> None:
    audio = decode(path)
    assert audio.channels == 2
    assert audio.duration_s == pytest.approx(_SECONDS, abs=0.15)  # encoders pad a frame or two
    assert _loudest_hz(audio.samples[0]) == pytest.approx(440, abs=3)
    assert _loudest_hz(audio.samples[1]) == pytest.approx(880, abs=3)


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 44_100, 48_000])
def test_any_sample_rate(tmp_path: Path, rate_hz: int) -> None:
    path = tmp_path / "call.wav"
    soundfile.write(path, _tones(rate_hz), rate_hz)
    _is_as_written(path)


@pytest.mark.parametrize(
    ("name", "codec", "rate_hz"),
    [
        ("call.flac", "flac", 16_000),
        ("call.mp3", "libmp3lame", 16_000),
        ("call.m4a", "aac", 16_000),
        ("call.opus", "libopus", 48_000),
        ("call.ogg", "libopus", 48_000),
        ("ulaw.wav", "pcm_mulaw", 8_000),
        ("alaw.wav", "pcm_alaw", 8_000),
    ],
)
def test_formats(tmp_path: Path, name: str, codec: str, rate_hz: int) -> None:
    _is_as_written(_encoded(tmp_path / name, codec, rate_hz))


@pytest.mark.parametrize(("suffix", "subtype"), [(".ulaw", "ULAW"), (".alaw", "ALAW")])
def test_g711_without_a_header(tmp_path: Path, suffix: str, subtype: str) -> None:
    path = tmp_path / f"call{suffix}"
    soundfile.write(path, _tones(8_000)[:, 0], 8_000, subtype=subtype, format="RAW")
    audio = decode(path)
    assert audio.channels == 1
    assert audio.source_rate_hz == 8_000
    assert _loudest_hz(audio.samples[0]) == pytest.approx(440, abs=3)


def test_same_recording_on_both_channels_is_mono(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    soundfile.write(path, _tones(8_000)[:, [0, 0]], 8_000)
    assert decode(path).channels == 1


def test_what_cannot_be_used_says_why(tmp_path: Path) -> None:
    def reason(name: str) -> str:
        with pytest.raises(UnreadableAudioError) as caught:
            decode(tmp_path / name)
        return str(caught.value)

    soundfile.write(tmp_path / "three.wav", np.tile(_tones(8_000)[:, :1], (1, 3)), 8_000)
    soundfile.write(tmp_path / "silent.wav", np.zeros((16_000, 2), np.float32), 8_000)
    soundfile.write(tmp_path / "short.wav", _tones(8_000)[:2_000], 8_000)
    (tmp_path / "text.wav").write_text("not audio")
    assert reason("three.wav") == "3 channels: expected a mono or two-channel recording"
    assert reason("silent.wav") == "silent throughout"
    assert reason("short.wav") == "only 0.25 s of audio"
    assert reason("text.wav").startswith("not readable as audio")


def test_recording_cut_off_in_the_middle_keeps_what_is_there(tmp_path: Path) -> None:
    whole = _encoded(tmp_path / "call.mp3", "libmp3lame", 16_000)
    part = tmp_path / "part.mp3"
    part.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * 0.7)])
    assert 1.0 < decode(part).duration_s < _SECONDS
