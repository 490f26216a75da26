"""Punctuated text as what a boundary model learns from: its words, and after each what ended there."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from coachlake.conversations.words_said import words_said

GOES_ON, CLAUSE, SENTENCE, UNKNOWN = 0, 1, 2, -100
# What stands after these and a full stop is seldom another sentence.
_ABBREVIATION = re.compile(r"\b(?:mr|mrs|ms|dr|st|vs|etc|e\.g|i\.e|a\.m|p\.m|inc|ltd|approx|dept)\.$", re.IGNORECASE)
_ENDS = re.compile(r"[.?!…]")
_CLAUSE = re.compile(r"[,;:–—]|\s-+\s")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in their one form, and the mark after each: GOES_ON, CLAUSE, SENTENCE or UNKNOWN."""

    words: tuple[str, ...]
    marks: tuple[int, ...]


def marked(text: str, last: int | None = None) -> Marked:
    """The words of a punctuated text and its marks. `last`: what stands after the last word, where the text does not
    say; by default UNKNOWN where no mark stands there."""
    words = words_said(text)
    after = [following.start for following in words[1:]]
    found = [_mark(text[word.start : word.end], text[word.end : end]) for word, end in zip(words, after, strict=False)]
    if words:
        end = _mark(text[words[-1].start : words[-1].end], text[words[-1].end :])
        found.append(end if end == SENTENCE else UNKNOWN if last is None else last)
    return Marked(tuple(word.form for word in words), tuple(found))


def _mark(word: str, between: str) -> int:
    if _ENDS.search(between):
        is_end = re.search(r"[?!…]|\.\s*[\"'”’)\]]*(?:\s|$)", between)
        return SENTENCE if is_end and not _ABBREVIATION.search(f"{word}.") else GOES_ON
    return CLAUSE if _CLAUSE.search(between) else GOES_ON


def bank_texts(folders: list[Path], without: tuple[str, ...] = ("spoken",)) -> Iterator[tuple[str, list[str]]]:
    """Of each item of the example banks: a key, and its cue and its reply. `without`: banks that carry no marks."""
    for folder in folders:
        for file in sorted(folder.glob("*.jsonl")):
            if file.stem in without:
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
                if line.strip():
                    item = json.loads(line)
                    texts = [text for text in (item.get("cue", ""), item["reply"]) if _is_marked(text)]
                    yield f"{file.stem}-{number}", texts


def _is_marked(text: str) -> bool:
    """Whether a text carries marks and capitals as writing does; recognised speech teaches nothing here."""
    return bool(re.search(r"[.?!]['\"”’)]*\s*$", text)) and bool(re.search(r"[A-Z]", text))


def chat_turns(file: Path) -> Iterator[tuple[str, list[Marked]]]:
    """Of each turn of Persuasion for Good: a key, what was said before, and its sentences as people split them."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    columns = list(rows[0])
    for (dialogue, turn), said in groupby(rows, key=lambda row: (row[columns[0]], row[columns[1]])):
        sentences = list(said)
        before = sentences[0]["history"]
        heard = [] if before == "<Start>" else [marked(before)]
        yield f"{dialogue}-{turn}", [*heard, joined([marked(row["sentence"], SENTENCE) for row in sentences])]


def joined(parts: list[Marked]) -> Marked:
    """Marked texts one after the other."""
    return Marked(tuple(w for part in parts for w in part.words), tuple(m for part in parts for m in part.marks))
