"""The bank: well-formed, no item twice, and nothing of what measures in it."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from coachlake.language.acts.labels import CUSTOMER_HEADS, HEADS, REP_HEADS
from training.acts.near_copies import HELD_OUT, RUN, main, near_copies, words_of
from training.acts.read import BANK, Item, read_bank

FILES = sorted(BANK.glob("*.jsonl"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_item_names_heads_of_its_speaker_and_nothing_else(file: Path) -> None:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        fields = json.loads(line)
        assert fields["reply"].strip(), number
        heads = CUSTOMER_HEADS if fields.get("who") == "customer" else REP_HEADS
        assert fields.keys() <= {"who", "domain", "cue", "reply", "labels", *heads}, number
        assert fields.get("labels", {}).keys() <= set(heads), number


def test_every_label_of_every_head_has_examples() -> None:
    items = read_bank()
    seen = Counter((head, label) for item in items for head, label in item.labels.items())
    assert len(items) > 10_000
    assert {(head, index) for head, labels in HEADS.items() for index in range(len(labels))} == set(seen)
    assert min(seen.values()) >= 100


def test_no_item_is_there_twice() -> None:
    said = Counter((" ".join(words_of(item.cue)), item.reply.lower().strip()) for item in read_bank())
    assert [pair for pair, count in said.items() if count > 1] == []


def test_nothing_of_the_held_out_lists_is_in_the_bank() -> None:
    assert [copy.words for copy in near_copies(read_bank(), [HELD_OUT])] == []


@pytest.mark.skipif("COACHLAKE_EVAL" not in os.environ, reason="no labelled sets here")
def test_nothing_of_the_labelled_sets_is_in_the_bank() -> None:
    assert [copy.words for copy in near_copies(read_bank(), [Path(os.environ["COACHLAKE_EVAL"])])] == []


def test_eight_words_in_a_row_are_a_near_copy_whatever_the_marks(tmp_path: Path) -> None:
    items = [
        Item("", "My lawnmower's blade came off twice, right beside the pond!", {}, "own"),
        Item("The pond froze over on the second of March.", "Oh no.", {}, "own"),
        Item("", "My lawnmowers blade came off twice, and then it stopped.", {}, "own"),
    ]
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "calls.csv").write_text("7,MY LAWNMOWERS BLADE came off twice... right beside\n")
    (tmp_path / "set" / "calls.json").write_text('["the pond froze\\u0020over on the second\\nof march"]')
    (tmp_path / "set" / "sound.wav").write_bytes(b"my lawnmowers blade came off twice and then it stopped")
    found = near_copies(items, [tmp_path / "set"])
    assert [copy.item for copy in found] == items[:2]
    assert [copy.file.name for copy in found] == ["calls.csv", "calls.json"]
    assert all(len(copy.words.split()) == RUN for copy in found)


def test_the_script_lists_counts_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    item = next(item for item in read_bank() if len(words_of(item.reply)) >= RUN)
    (tmp_path / "calls.txt").write_text(item.reply)
    assert main([str(tmp_path)]) == 1
    assert item.reply[:80] in capsys.readouterr().out
    (tmp_path / "calls.txt").write_text("Nothing that anybody wrote.")
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("0 of the bank's items")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such folder"):
        near_copies([], [tmp_path / "nowhere"])
