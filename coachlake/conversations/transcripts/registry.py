"""Every format that is read, in the order in which they are tried: the telling structures first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from coachlake.conversations.transcript import Transcript
from coachlake.conversations.transcripts.formats.amazon_transcribe import is_amazon_transcribe, read_amazon_transcribe
from coachlake.conversations.transcripts.formats.assemblyai import is_assemblyai, read_assemblyai
from coachlake.conversations.transcripts.formats.azure import is_azure, read_azure
from coachlake.conversations.transcripts.formats.call_analytics import is_call_analytics, read_call_analytics
from coachlake.conversations.transcripts.formats.csv_turns import is_csv_turns, read_csv_turns
from coachlake.conversations.transcripts.formats.deepgram import is_deepgram, read_deepgram
from coachlake.conversations.transcripts.formats.genesys import is_genesys, read_genesys
from coachlake.conversations.transcripts.formats.gong import is_gong, read_gong
from coachlake.conversations.transcripts.formats.google_meet import is_google_meet, read_google_meet
from coachlake.conversations.transcripts.formats.google_stt import is_google_stt, read_google_stt
from coachlake.conversations.transcripts.formats.otter import is_otter, read_otter
from coachlake.conversations.transcripts.formats.own import is_own, read_own
from coachlake.conversations.transcripts.formats.plain_text import is_plain_text, read_plain_text
from coachlake.conversations.transcripts.formats.rev import is_rev, read_rev
from coachlake.conversations.transcripts.formats.ringsense import is_ringsense, read_ringsense
from coachlake.conversations.transcripts.formats.sbv import is_sbv, read_sbv
from coachlake.conversations.transcripts.formats.srt import is_srt, read_srt
from coachlake.conversations.transcripts.formats.turn_list import is_turn_list, read_turn_list
from coachlake.conversations.transcripts.formats.webex import is_webex, read_webex
from coachlake.conversations.transcripts.formats.webvtt import is_webvtt, read_webvtt
from coachlake.conversations.transcripts.formats.whisper import is_whisper, read_whisper
from coachlake.conversations.transcripts.formats.whisperx import is_whisperx, read_whisperx


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `content` is what its functions take: a parsed JSON document, or the text.

    `loose` ones are told by little (names in front of lines): they are tried only where the file's suffix does not
    promise something stricter.
    """

    name: str
    content: Literal["json", "text"]
    is_it: Callable[[Any], bool]
    read: Callable[[Any], Transcript]
    loose: bool = False


FORMATS: tuple[Format, ...] = (
    Format("coachlake.transcript/1", "json", is_own, read_own),
    Format("Amazon Call Analytics and Contact Lens", "json", is_call_analytics, read_call_analytics),
    Format("Amazon Transcribe", "json", is_amazon_transcribe, read_amazon_transcribe),
    Format("Google Speech-to-Text", "json", is_google_stt, read_google_stt),
    Format("Azure Speech", "json", is_azure, read_azure),
    Format("Deepgram", "json", is_deepgram, read_deepgram),
    Format("AssemblyAI", "json", is_assemblyai, read_assemblyai),
    Format("Rev", "json", is_rev, read_rev),
    Format("Genesys Cloud", "json", is_genesys, read_genesys),
    Format("RingCentral RingSense", "json", is_ringsense, read_ringsense),
    Format("Gong", "json", is_gong, read_gong),
    Format("Whisper", "json", is_whisper, read_whisper),
    Format("WhisperX", "json", is_whisperx, read_whisperx),
    Format("a JSON list of turns", "json", is_turn_list, read_turn_list),
    Format("Webex WebVTT", "text", is_webex, read_webex),
    Format("WebVTT", "text", is_webvtt, read_webvtt),
    Format("SRT", "text", is_srt, read_srt),
    Format("SBV", "text", is_sbv, read_sbv),
    Format("CSV of turns", "text", is_csv_turns, read_csv_turns),
    Format("Google Meet text", "text", is_google_meet, read_google_meet, loose=True),
    Format("Otter text", "text", is_otter, read_otter, loose=True),
    Format("text with names", "text", is_plain_text, read_plain_text, loose=True),
)
