"""Switchboard dialogue acts (SWBD-DAMSL, Jurafsky et al. 1997): telephone small talk. swda*.txt."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.sets.find import find


@dataclass(frozen=True, slots=True)
class Act:
    """One utterance with its dialogue act; `cue` is what the other party said since this one last spoke."""

    dialogue_id: str
    speaker: str
    text: str
    act: str
    cue: str
    cue_act: str


@cache
def acts(folder: Path) -> tuple[Act, ...]:
    """Every utterance in order. A line is `speaker|text|act`; `# id` opens a dialogue."""
    found: list[Act] = []
    dialogue, last, held = "", "", {"A": "", "B": ""}
    cue_act = {"A": "", "B": ""}
    for line in find(folder, "swda*.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            dialogue, last, held = line.lstrip("# "), "", {"A": "", "B": ""}
            cue_act = {"A": "", "B": ""}
            continue
        speaker, text, act = line.split("|")
        other = "B" if speaker == "A" else "A"
        found.append(Act(dialogue, speaker, text, act, held[other], cue_act[other]))
        held[speaker] = f"{held[speaker]} {text}" if speaker == last else text
        cue_act[speaker], last = act, speaker
    return tuple(found)
