"""Recordings that browsers do not play are copied once; others are left alone."""

from pathlib import Path

import pytest
import soundfile

from coachlake.speech.decode import UnreadableAudioError, decode
from coachlake.speech.playable import playable_copy, plays_as_it_is
from tests.speech.test_decode import _encoded, _loudest_hz, _tones


@pytest.mark.parametrize(
    ("name", "codec", "rate_hz"),
    [("call.wav", "pcm_s16le", 8_000), ("call.mp3", "libmp3lame", 16_000), ("call.opus", "libopus", 48_000)],
)
def test_what_plays_stays(tmp_path: Path, name: str, codec: str, rate_hz: int) -> None:
    path = _encoded(tmp_path / name, codec, rate_hz)
    assert playable_copy(path, tmp_path / "cache") == path
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("name", "codec"), [("call.wav", "adpcm_ima_wav"), ("call.aiff", "pcm_s16be"), ("renamed.mp3", "pcm_s16le")]
)
def test_what_does_not_is_copied_with_its_channels(tmp_path: Path, name: str, codec: str) -> None:
    suffix = ".aiff" if codec.endswith("be") else ".wav"
    path = _encoded(tmp_path / f"made{suffix}", codec, 16_000).rename(tmp_path / name)
    copy = playable_copy(path, tmp_path / "cache")
    assert copy.suffix == ".mp3"
    assert plays_as_it_is(copy)
    assert [_loudest_hz(channel) for channel in decode(copy).samples] == pytest.approx([440, 880], abs=3)
    made = copy.stat().st_mtime_ns
    assert playable_copy(path, tmp_path / "cache").stat().st_mtime_ns == made


def test_raw_telephone_codec(tmp_path: Path) -> None:
    path = tmp_path / "call.ulaw"
    soundfile.write(path, _tones(8_000)[:, 0], 8_000, subtype="ULAW", format="RAW")
    assert decode(playable_copy(path, tmp_path / "cache")).duration_s == pytest.approx(2.0, abs=0.1)


def test_what_is_no_recording_says_so(tmp_path: Path) -> None:
    (tmp_path / "call.gsm").write_text("")
    with pytest.raises(UnreadableAudioError):
        playable_copy(tmp_path / "call.gsm", tmp_path / "cache")


def test_what_is_hidden_is_silent_in_a_copy_of_its_own(tmp_path: Path) -> None:
    path = _encoded(tmp_path / "call.wav", "pcm_s16le", 16_000)
    copy = playable_copy(path, tmp_path / "cache", [(0.5, 0.9)])
    assert copy != path
    assert copy != playable_copy(path, tmp_path / "cache", [(0.5, 1.0)])
    heard = abs(decode(copy).samples).max(axis=0)
    assert heard[8_000:14_400].max() < 0.01
    assert heard[:4_800].max() > 0.2
    assert heard[19_200:].max() > 0.2
