"""SubRip (SRT), as whisper-diarization (`Speaker 0: text`), WhisperX (`[SPEAKER_00]: text`) and caption editors write
it; WebVTT cues without the WEBVTT line are read the same."""

import re
from typing import Any

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.cues import Cue, pieces_of_cues

NAME = "SRT"
_CUE = re.compile(r"^\s*(?:\d+\s*\n)?\s*\d+:\d{1,2}:\d{1,2}[,.:]\d{1,3}\s*-->", re.MULTILINE)


def is_srt(text: str) -> bool:
    """Whether a text begins with a cue."""
    return _CUE.match(text[:2000].lstrip()) is not None


def read_srt(text: str) -> Transcript:
    """The transcript in an SRT text.

    Raises UnreadableTranscriptError where a part is no cue, or no speaker is named.
    """
    import srt

    try:
        found: list[Any] = list(srt.parse(text))
    except srt.SRTParseError as error:
        line = text.count("\n", 0, error.expected_start) + 1
        raise UnreadableTranscriptError(f"{NAME}: what stands at line {line} is no cue with times") from error
    except (ValueError, OverflowError) as error:
        raise UnreadableTranscriptError(f"{NAME}: a cue's times are beyond any call") from error
    for number, cue in enumerate(found, start=1):
        if "-->" in cue.content:
            raise UnreadableTranscriptError(f"{NAME}: the times below cue {number} cannot be read")
    cues = [
        Cue(number, cue.start.total_seconds(), cue.end.total_seconds(), cue.content)
        for number, cue in enumerate(found, start=1)
    ]
    return assembled(NAME, pieces_of_cues(cues), advice="write 'Name: text' in each cue")
