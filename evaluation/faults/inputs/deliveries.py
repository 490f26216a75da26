"""Deliveries as they go wrong: odd entries beside calls, ids given twice, the same again, dates told by others."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.faults.inputs.case import BadInput
from evaluation.faults.inputs.good_calls import NIGHT, facts, good_document, write_good_calls

KIND = "deliveries"


def odd_entries(folder: Path) -> None:
    """A folder, links and a pipe where rows name recordings."""
    (folder / "folder.wav").mkdir()
    (folder / "dangling.wav").symlink_to("nowhere.wav")
    (folder / "circle.wav").symlink_to("circle.wav")
    os.mkfifo(folder / "pipe.wav")


def no_objects(first_row: int) -> list[BadInput]:
    """Items of calls.json that are no rows."""
    kinds = ("null", "a number", "a text", "a list")
    return [
        BadInput("call facts", f"a row that is {kind}", f"calls.json row {number}", ("refused",), "not an object")
        for number, kind in enumerate(kinds, start=first_row)
    ]


def same_again(folder: Path, step: int) -> list[BadInput]:
    """The good calls once more, as they are: nothing changes."""
    _write(folder, write_good_calls(folder))
    return []


def conflicts(folder: Path, step: int) -> list[BadInput]:
    """Ids and recordings of the good calls, claimed by others."""
    _transcript(folder / "other.json", 300)
    _transcript(folder / "third.json", 302)
    (folder / "copy.json").write_text(json.dumps(good_document(2)), encoding="utf-8")
    (folder / "good-1.json").write_text(json.dumps(good_document(1)), encoding="utf-8")
    for number, name in enumerate(("two-reps", "twice-a", "twice-b"), start=310):
        _transcript(folder / f"{name}.json", number)
    rows = [
        facts("good-0", "other.json", 0),
        facts("good-1", "good-1.json", 1, started_at=f"{NIGHT}T20:00:00Z"),
        facts("copied", "copy.json", 2, started_at=f"{NIGHT}T21:00:00Z"),
        facts("two-reps-a", "two-reps.json", 3),
        facts("two-reps-b", "two-reps.json", 4),
        facts("twice", "twice-a.json", 3),
        facts("twice", "twice-b.json", 3),
        facts("never-there", "", 0, is_withdrawn="true"),
        facts("mended", "third.json", 1, is_correction="true", rep_id="bad-mended", team_id="bad"),
    ]
    _write(folder, rows)
    return [
        BadInput(KIND, "an id of another recording", "good-0~repeat-1", says="another recording"),
        BadInput(KIND, "an id with another start", "good-1~repeat-1", says="another recording or start"),
        BadInput(KIND, "a recording under a second id", "copied", says="same recording as call good-2"),
        BadInput(KIND, "a recording for two reps", "two-reps-a", says="different reps"),
        BadInput(KIND, "an id twice in one table", "twice", says="given more than once"),
        BadInput(KIND, "the second of an id twice", "twice~repeat-1", says="given more than once"),
        BadInput(KIND, "withdrawn without having been there", "calls.json row 8", ("ignored",), "takes call"),
        BadInput(KIND, "a correction of nothing", "mended", ("scored",)),
    ]


def strays(folder: Path, step: int) -> list[BadInput]:
    """Files that no row names."""
    _transcript(folder / "named.json", 320)
    _transcript(folder / "stray.json", 321)
    (folder / "stray.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nIda: hello there\n", encoding="utf-8")
    (folder / "stray.amr").write_bytes(b"#!AMR\n" + bytes(400))
    (folder / "sub" / "deep").mkdir(parents=True)
    (folder / "sub" / "deep" / "stray.wav").write_bytes(b"RIFF")
    others: dict[str, bytes] = {
        "notes.docx": b"PK\x03\x04", "package.json": b'{"name": "x"}', "readme.txt": b"nothing\n", "stray.xyz": b"x",
        ".DS_Store": b"x", "._named.json": b"x", "Thumbs.db": b"x", "~$calls.xlsx": b"x", "half.wav.part": b"x",
    }  # fmt: skip
    for name, content in others.items():
        (folder / name).write_bytes(content)
    (folder / f"{'n' * 200}.wav").write_bytes(b"RIFF")
    (folder / "line\nbreak.wav").write_bytes(b"RIFF")
    (folder / "[red]x[bold].wav").write_bytes(b"RIFF")
    Path(os.fsdecode(os.fsencode(folder) + b"/latin-\xe9.wav")).write_bytes(b"RIFF")
    (folder / "stray-folder.mp3").mkdir()
    (folder / "to-folder").symlink_to("sub")
    (folder / "gone.mp3").symlink_to("nowhere.mp3")
    os.mkfifo(folder / "stray-pipe")
    _write(folder, [facts("named", "named.json", 4, rep_id="bad-named", team_id="bad")])
    refused = {
        "stray.json": "stray.json", "stray.vtt": "stray.vtt", "stray.amr": "stray.amr",
        "a recording two folders down": "sub/deep/stray.wav", "a name of 200 letters": "n" * 200,
        "a name with a line break": "line�break.wav", "a name with markup": "[red]x[bold].wav",
        "a name that is no UTF-8": "latin-�.wav",
    }  # fmt: skip
    ignored = {
        **{name: name for name in others}, "a folder called mp3": "stray-folder.mp3", "a link to a folder": "to-folder",
        "a link to nothing": "gone.mp3", "a pipe": "stray-pipe",
    }  # fmt: skip
    return [
        *(BadInput(KIND, f"unnamed: {name}", entry, says="no row") for name, entry in refused.items()),
        *(BadInput(KIND, f"unnamed: {name}", entry, ("ignored",)) for name, entry in ignored.items()),
    ]


def dates_told_by_others(folder: Path, step: int) -> list[BadInput]:
    """Dates that could be two, where another date of the delivery tells the order."""
    _transcript(folder / "told-a.json", 330)
    _transcript(folder / "told-b.json", 331)
    _write(
        folder,
        [
            facts("told-a", "told-a.json", 5, started_at="19/11/2026 10:00", rep_id="bad-told", team_id="bad"),
            facts("told-b", "told-b.json", 5, started_at="11/11/2026 10:00", rep_id="bad-told", team_id="bad"),
        ],
    )
    return [
        BadInput(KIND, "day first, by itself", "told-a", ("scored",)),
        BadInput(KIND, "day first, by another row", "told-b", ("scored",)),
    ]


def _transcript(path: Path, number: int) -> None:
    path.write_text(json.dumps(good_document(number)), encoding="utf-8")


def _write(folder: Path, rows: Sequence[dict[str, Any]]) -> None:
    (folder / "calls.json").write_text(json.dumps(list(rows)), encoding="utf-8")
