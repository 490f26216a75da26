"""Items of the bank that share a run of words with text that measures.

    python -m training.acts.near_copies [DIR ...]

DIR: a folder of labelled sets; every text file under it is read. The project's own held-out lists
(evaluation/labelled) are always compared with. Lists and counts what was found; exits with 1 where something was.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.acts.read import Item, read_bank

RUN = 8  # words: shorter runs are turns of phrase that any two speakers share
HELD_OUT = Path(__file__).parents[2] / "evaluation" / "labelled"
_TEXT = (".txt", ".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".textgrid", ".stm", ".xml", ".md")
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^>]*>")
_ENCODED = re.compile(r"\\u[0-9a-fA-F]{4}")
Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearCopy:
    """An item and the first run of words it shares with a file."""

    item: Item
    words: str
    file: Path


def words_of(text: str) -> list[str]:
    """Lower case, marks dropped; an apostrophe joins ("don't" is one word, dont)."""
    plain = text.lower().replace("'", "").replace("’", "")
    return _WORD.findall(plain)


def near_copies(items: Iterable[Item], folders: Iterable[Path]) -> list[NearCopy]:
    """The items whose cue or reply shares RUN words in a row with a text under `folders`, each once.

    Raises FileNotFoundError for a folder that is not there.
    """
    runs: dict[Run, list[int]] = {}
    known = list(items)
    for number, item in enumerate(known):
        for said in (item.cue, item.reply):
            for run in _runs(words_of(said)):
                runs.setdefault(run, []).append(number)
    found: dict[int, NearCopy] = {}
    for file in (file for folder in folders for file in _files(folder)):
        for run in _runs(words_of(_text(file))):
            for number in runs.get(run, ()):
                found.setdefault(number, NearCopy(known[number], " ".join(run), file))
    return [found[number] for number in sorted(found)]


def _runs(words: list[str]) -> Iterator[Run]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: no such folder")
    return (file for file in sorted(folder.rglob("*")) if file.suffix.lower() in _TEXT and file.is_file())


def _text(file: Path) -> str:
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix.lower() in (".json", ".jsonl"):
        text = _ENCODED.sub(lambda found: json.loads(f'"{found.group()}"'), text).replace("\\n", " ")
    return _TAG.sub(" ", text) if file.suffix.lower() == ".xml" else text


def main(arguments: list[str]) -> int:
    """List near-copies of the bank; the exit code."""
    found = near_copies(read_bank(), [HELD_OUT, *map(Path, arguments)])
    for copy in found:
        print(f"{copy.item.source}\t{copy.file.name}\t{copy.words}\t{copy.item.reply[:80]}")
    print(f"{len(found)} of the bank's items share {RUN} words in a row with text that measures")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
