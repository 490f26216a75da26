"""The example bank: what was written for this project, and what else its licence lets a shipped model learn from."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachlake.language.acts.labels import ABSENT, CUSTOMER_HEADS, HEADS, REP_HEADS

BANK = Path(__file__).with_name("bank")
# The first four passes of the bank label these alone.
_FIRST_PASS = ("reflection", "warmth", "probing", "question")
_FIRST_PASS_FILES = frozenset(("counselling", "peer_support", "sales_and_work", "service_calls"))
# Persuasion for Good: what its acts (Wang et al. 2019) say of our heads. An act that says nothing for sure is left out.
_SAYS = ("provide-org-facts", "provide-donation-procedure", "logical-appeal", "emotion-appeal", "personal-story")
_PROPOSES = ("propose-donation", "foot-in-the-door", "ask-donate-more")
_CIVIL = ("greeting", "thank", "closing", "you-are-welcome")


@dataclass(frozen=True, slots=True)
class Item:
    """One pair: what the other said, what is judged, head → index of its label, and the file it came from.

    A head that is absent from `labels` is not known for this item.
    """

    cue: str
    reply: str
    labels: dict[str, int]
    source: str


def read_bank(folder: Path = BANK) -> list[Item]:
    """Every item of `folder/*.jsonl` in order. Raises ValueError naming file and line of an item that is none,
    FileNotFoundError where there is no such folder."""
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: no such folder")
    return [item for file in sorted(folder.glob("*.jsonl")) for item in _items(file)]


def read_persuasion(file: Path) -> list[Item]:
    """Persuasion for Good (Apache-2.0): sentences of persuaders, labelled where their act settles a head."""
    with file.open(encoding="utf-8") as rows:
        return [
            Item("" if row["history"] == "<Start>" else row["history"], row["sentence"], labels, "persuasion_for_good")
            for row in csv.DictReader(rows)
            if (labels := _of_persuasion(row["label"], row["sentence"]))
        ]


def _items(file: Path) -> Iterator[Item]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            fields = json.loads(line)
            yield Item(fields.get("cue", ""), fields["reply"], _labels(fields, file.stem), file.stem)
        except (ValueError, KeyError) as error:
            raise ValueError(f"{file.name}, line {number}: {error}") from error


def _labels(fields: dict[str, Any], source: str) -> dict[str, int]:
    if "labels" in fields:  # some heads alone are known
        return {head: HEADS[head].index(label) for head, label in fields["labels"].items()}
    first = source in _FIRST_PASS_FILES
    heads = _FIRST_PASS if first else CUSTOMER_HEADS if fields["who"] == "customer" else REP_HEADS
    return {head: _index(head, fields.get(head)) for head in heads}


def _index(head: str, label: str | int | None) -> int:
    """Of a label as the bank writes it: its name, 1 or a level, absent where the act is not there."""
    if label is None:
        return HEADS[head].index(ABSENT[head])
    if isinstance(label, int):
        index = label + 1 if head == "state" else label
        if not 0 <= index < len(HEADS[head]):
            raise ValueError(f"{head} has no level {label}")
        return index
    return HEADS[head].index(label)


def _of_persuasion(act: str, sentence: str) -> dict[str, int]:
    labels: dict[str, int] = {}
    if act in _CIVIL:
        labels |= {"reflection": 0, "warmth": 0, "hedge": 0}
    if act in _SAYS or act in _PROPOSES:
        labels |= {"reflection": 0, "probing": 0, "warmth": 0}
    if act in _PROPOSES:
        labels["action"] = HEADS["action"].index("proposal")
    if act == "provide-org-facts":
        labels["action"] = 0
    if (act in _SAYS or act in _CIVIL) and "?" not in sentence:
        labels["question"] = 0
    return labels
