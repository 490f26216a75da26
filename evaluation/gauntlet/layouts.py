"""Writes what is said as the tools that teams have would export it."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: who of the case it is (`rep`, `customer`, …), their label in the export, times (s), text."""

    who: str
    label: str
    start_s: float
    end_s: float
    text: str


def _clock(seconds: float, point: str = ".") -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{thousandths:03}"


def _zoom(turns: Sequence[Said]) -> str:
    cues = (f"{i}\n{_clock(t.start_s)} --> {_clock(t.end_s)}\n{t.label}: {t.text}\n" for i, t in enumerate(turns, 1))
    return "WEBVTT\n\n" + "\n".join(cues)


def _teams(turns: Sequence[Said]) -> str:
    cues = (f"{_clock(t.start_s)} --> {_clock(t.end_s)}\n<v {t.label}>{t.text}</v>\n" for t in turns)
    return "WEBVTT\n\n" + "\n".join(cues)


def _srt(turns: Sequence[Said]) -> str:
    return "\n".join(
        f"{i}\n{_clock(t.start_s, ',')} --> {_clock(t.end_s, ',')}\n[{t.label}]: {t.text}\n"
        for i, t in enumerate(turns, 1)
    )


def _plain(turns: Sequence[Said]) -> str:
    return "".join(f"{t.label}: {t.text}\n" for t in turns)


def _csv(turns: Sequence[Said]) -> str:
    sink = io.StringIO()
    csv.writer(sink).writerows(
        [("Speaker", "Text", "Start (s)", "End (s)"), *((t.label, t.text, t.start_s, t.end_s) for t in turns)]
    )
    return sink.getvalue()


def _whisperx(turns: Sequence[Said]) -> str:
    rows = [{"start": t.start_s, "end": t.end_s, "text": f" {t.text}", "speaker": t.label} for t in turns]
    return json.dumps({"segments": rows, "language": "en"})


_LENS_ROLES = {"rep": "AGENT", "other_rep": "AGENT", "customer": "CUSTOMER", "system": "SYSTEM"}


def _contact_lens(turns: Sequence[Said]) -> str:
    """Participants carry GUIDs and roles, never names."""
    people = {t.label: _LENS_ROLES.get(t.who, "CUSTOMER") for t in turns}
    said = [
        {
            "Id": f"t{i}",
            "ParticipantId": t.label,
            "BeginOffsetMillis": round(t.start_s * 1000),
            "EndOffsetMillis": round(t.end_s * 1000),
            "Content": t.text,
        }
        for i, t in enumerate(turns)
    ]
    participants = [{"ParticipantId": label, "ParticipantRole": role} for label, role in people.items()]
    head = {"Version": "1.1.0", "Channel": "VOICE", "LanguageCode": "en-GB"}
    return json.dumps(head | {"Participants": participants, "Transcript": said})


def _deepgram(turns: Sequence[Said]) -> str:
    """Speakers are numbers, in order of first speech."""
    numbers = {label: i for i, label in enumerate(dict.fromkeys(t.label for t in turns))}
    said = [
        {"start": t.start_s, "end": t.end_s, "transcript": t.text, "speaker": numbers[t.label], "confidence": 0.97}
        for t in turns
    ]
    return json.dumps({"metadata": {"duration": turns[-1].end_s, "channels": 1}, "results": {"utterances": said}})


# Layout → (file name, writer).
LAYOUTS: dict[str, tuple[str, Callable[[Sequence[Said]], str]]] = {
    "zoom": ("call.vtt", _zoom),
    "teams": ("call.vtt", _teams),
    "srt": ("call.srt", _srt),
    "plain": ("call.txt", _plain),
    "csv": ("turns.csv", _csv),
    "whisperx": ("call.json", _whisperx),
    "contact_lens": ("call.json", _contact_lens),
    "deepgram": ("call.json", _deepgram),
}
