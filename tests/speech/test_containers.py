"""Files that are not what they say, and what their headers may not do."""

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from coachlake.speech.decode import can_decode, decode
from tests.speech.test_decode import _encoded, _loudest_hz, _tones


def test_content_counts_and_not_the_suffix(tmp_path: Path) -> None:
    opus = _encoded(tmp_path / "call.ogg", "libopus", 48_000)
    renamed = opus.rename(tmp_path / "call.wav")
    assert can_decode(renamed) is None
    assert decode(renamed).channels == 2
    soundfile.write(tmp_path / "plain.wav", _tones(8_000), 8_000)
    headed = (tmp_path / "plain.wav").rename(tmp_path / "headed.ulaw")
    assert _loudest_hz(decode(headed).samples[1]) == pytest.approx(880, abs=3)


@pytest.mark.parametrize(
    "text",
    ["ffconcat version 1.0\nfile {there}\n", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{there}\n#EXT-X-ENDLIST\n"],
    ids=["ffconcat", "hls"],
)
def test_list_of_files_opens_none_of_them(tmp_path: Path, text: str) -> None:
    soundfile.write(tmp_path / "other.wav", _tones(8_000), 8_000)
    listing = tmp_path / "call.wav"
    listing.write_text(text.format(there=tmp_path / "other.wav"))
    assert (can_decode(listing) or "").startswith("not readable as audio")


def test_header_with_an_impossible_rate_costs_no_memory(tmp_path: Path) -> None:
    samples = np.zeros(20_000, "<i2").tobytes()
    header = (
        b"RIFF" + struct.pack("<I", 36 + len(samples)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 1, 2, 2, 16)
    )
    path = tmp_path / "slow.wav"
    path.write_bytes(header + b"data" + struct.pack("<I", len(samples)) + samples)
    assert can_decode(path) == "the header says 1 samples a second: expected 4 to 192 kHz"


def test_two_streams_are_two_channels(tmp_path: Path) -> None:
    import av

    path = tmp_path / "call.mkv"
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("pcm_s16le", rate=16_000, layout="mono") for _ in range(2)]
        for stream, samples in zip(streams, _tones(16_000).T, strict=True):
            frame = av.AudioFrame.from_ndarray((samples * 32_767).astype(np.int16)[None], "s16", "mono")
            frame.sample_rate = 16_000
            container.mux(stream.encode(frame))
    audio = decode(path)
    assert audio.channels == 2
    assert [_loudest_hz(channel) for channel in audio.samples] == pytest.approx([440, 880], abs=3)


def test_more_than_two_streams_say_so(tmp_path: Path) -> None:
    import av

    path = tmp_path / "call.mkv"
    with av.open(str(path), "w") as container:
        for stream in [container.add_stream("pcm_s16le", rate=16_000, layout="mono") for _ in range(3)]:
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 16_000), np.int16), "s16", "mono")
            frame.sample_rate = 16_000
            container.mux(stream.encode(frame))
    assert can_decode(path) == "3 audio streams: expected one, or two with one person each"
