"""Mock consultations (Korfiatis et al. 2022), each party transcribed and timed by hand. `primock57/*.TextGrid`."""

import re
from functools import cache
from pathlib import Path

from coachlake.conversations.conversation import Conversation, Speaker, Turn, conversation_from_turns
from evaluation.sets.find import find

_INTERVAL = re.compile(r'xmin = ([\d.]+)\s*xmax = ([\d.]+)\s*text = "((?:[^"]|"")*)"')
_MARKUP = re.compile(r"<[^>]*>")


@cache
def consultations(folder: Path) -> dict[str, Conversation]:
    """Consultation → conversation, of those with both parties; the doctor is the rep, the patient the customer. Times
    include what the annotator left around the words, half a second and more."""
    place = find(folder, "primock57")
    doctors = [file.name.removesuffix("_doctor.TextGrid") for file in sorted(place.glob("*_doctor.TextGrid"))]
    names = [name for name in doctors if (place / f"{name}_patient.TextGrid").exists()]
    return {
        name: conversation_from_turns(
            name,
            [
                *_turns(place / f"{name}_doctor.TextGrid", "rep"),
                *_turns(place / f"{name}_patient.TextGrid", "customer"),
            ],
        )
        for name in names
    }


def _turns(file: Path, speaker: Speaker) -> list[Turn]:
    content = file.read_text(encoding="utf-8", errors="replace")
    spoken = [(float(start), float(end), _plain(text)) for start, end, text in _INTERVAL.findall(content)]
    return [Turn(-1, speaker, start, end, text) for start, end, text in spoken if re.search(r"\w", text)]


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).replace('""', '"').split())
