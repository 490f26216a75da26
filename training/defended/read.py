"""The written conversations and the verdicts on moments in them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachlake.conversations.conversation import Conversation, conversation_from_lines
from coachlake.rubrics.schema import Level

DIALOGUES = Path(__file__).with_name("dialogues")
VERDICTS = Path(__file__).with_name("verdicts.jsonl")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A moment and whether its reader would defend it. `confidence`: of the level, 0–1."""

    dialogue: str
    rubric: str
    criterion: str
    level: Level
    confidence: float
    cue: str | None
    quote: str
    is_defended: bool


def read_dialogues(folder: Path = DIALOGUES) -> dict[str, tuple[str, Conversation]]:
    """id → (the shipped rubric that fits it best, the conversation)."""
    found = {}
    for row in _rows(sorted(folder.glob("*.jsonl"))):
        lines = [(speaker, text) for speaker, text in row["turns"] if text.strip()]
        found[row["id"]] = (row["rubric"], conversation_from_lines(row["id"], lines))
    return found


def read_verdicts(file: Path = VERDICTS) -> list[Verdict]:
    """All verdicts, as drawn."""
    return [Verdict(**row) for row in _rows([file])]


def _rows(files: list[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        yield from (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
