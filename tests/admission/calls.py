"""Written calls and turns as transcripts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ruamel.yaml import YAML

from coachlake.conversations.transcript import Participant, Role, Segment, Transcript

_HERE = Path(__file__).parent
_WORD_S, _PAUSE_S = 0.4, 0.3


def written(name: str) -> dict[str, list[str]]:
    """The content of a file of this folder."""
    content: dict[str, list[str]] = YAML(typ="safe").load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


def cases() -> Iterator[tuple[str, str, bool]]:
    """(kind, written call, whether it has a clock)."""
    for kind, calls in written("calls").items():
        for call in calls:
            yield "scored" if kind == "chats" else kind, call, kind != "chats"


def transcript_of(
    call: str | Sequence[tuple[str, str]],
    *,
    is_timed: bool = True,
    roles: dict[str, Role] | None = None,
    language: str | None = None,
    confidence: float | None = None,
) -> Transcript:
    """A transcript of lines "speaker: text", each word 0.4 s long."""
    lines = [_line(line) for line in call.strip().splitlines()] if isinstance(call, str) else call
    segments, now = [], 0.0
    for speaker, text in lines:
        end = now + _WORD_S * max(3, len(text.split()))
        segments.append(Segment(speaker, now, end, text))
        now = end + _PAUSE_S
    labels = dict.fromkeys(speaker for speaker, _ in lines)
    people = tuple(Participant(label, role=(roles or {}).get(label)) for label in labels)
    return Transcript(
        tuple(segments), people, "written", now, is_timed, language=language, language_confidence=confidence
    )


def _line(line: str) -> tuple[str, str]:
    speaker, text = line.split(": ", 1)
    return speaker, text.strip('"')
