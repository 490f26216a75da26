"""Which files are opened as audio, and how: only formats that hold sound, only this one file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Formats by the names of FFmpeg's demuxers. Those that name other files (concat, hls, dash, sdp, image sequences) are
# left out on purpose: a text file called call.wav must not open what it lists.
_FORMATS = (
    "wav,w64,aiff,au,caf,flac,mp3,aac,ac3,eac3,amr,amrnb,amrwb,ogg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,asf,avi,flv,"
    "mpeg,mpegts,gsm,alaw,mulaw,g722,g729,ilbc,s16le,nistsphere,sox,voc,wv,ape,tta,dss,qcp,ircam,xwma"
)
# Streams without a header, as telephone systems write them: 8 kHz mono (G.722 16 kHz). By suffix: nothing else tells.
_RAW = {
    ".ulaw": "mulaw",
    ".mulaw": "mulaw",
    ".ul": "mulaw",
    ".pcmu": "mulaw",
    ".g711": "mulaw",
    ".alaw": "alaw",
    ".al": "alaw",
    ".pcma": "alaw",
    ".sln": "s16le",
    ".gsm": "gsm",
    ".g722": "g722",
    ".g729": "g729",
}
_WITH_RATE = {"mulaw", "alaw", "s16le"}
# How files with a header begin, whatever their suffix says.
_HEADERS = (
    b"RIFF",
    b"RIFX",
    b"OggS",
    b"fLaC",
    b"ID3",
    b".snd",
    b"FORM",
    b"caff",
    b"\x1aE\xdf\xa3",
    b"#!AMR",
    b"0&\xb2u",
)
RAW_SUFFIXES = tuple(_RAW)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The file as an open PyAV container. Raises av.FFmpegError (also where the format is none of sound)."""
    import av

    options = {"format_whitelist": _FORMATS, "protocol_whitelist": "file"}
    raw = _raw_format(path)
    if raw in _WITH_RATE:
        options["sample_rate"] = "8000"
    with av.open(f"file:{path.resolve()}", format=raw, options=options) as container:
        yield container


def _raw_format(path: Path) -> str | None:
    form = _RAW.get(path.suffix.lower())
    if form is None:
        return None
    with path.open("rb") as file:
        start = file.read(12)
    return None if start.startswith(_HEADERS) or start[4:8] == b"ftyp" else form
