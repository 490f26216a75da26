"""A small bank of the project's own items, cut from the whole one: some are held out, as in the whole."""

import json
from collections.abc import Iterator
from pathlib import Path

from training.acts.read import BANK, read_bank
from training.acts.train import is_held_out

_SEEN, _HELD = 52, 8


def small_bank(folder: Path) -> Path:
    """60 items of reps and customers written to `folder`; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [line for source in ("service", "customers") for line in _lines(source)]
    (folder / "small.jsonl").write_text("\n".join(chosen) + "\n", encoding="utf-8")
    return folder


def _lines(source: str) -> Iterator[str]:
    left = {True: _HELD // 2, False: _SEEN // 2}
    items = [item for item in read_bank() if item.source == source]
    for line, item in zip((BANK / f"{source}.jsonl").read_text(encoding="utf-8").splitlines(), items, strict=True):
        assert json.loads(line)["reply"] == item.reply
        if left[is_held_out(item)]:
            left[is_held_out(item)] -= 1
            yield line
