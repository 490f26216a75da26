"""Rubric files as they go wrong. A broken one is told with its line; the good ones stay in force."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from evaluation.faults.inputs.case import BadInput

KIND = "rubrics"
# name → (text that is replaced in a good rubric, by what).
_CHANGES: dict[str, tuple[str, str]] = {
    "version is a day that does not exist": ('version: "1"', "version: 2026-31-12"),
    "version is a number": ('version: "1"', "version: 1"),
    "version is empty": ('version: "1"', "version:"),
    "version is a list": ('version: "1"', "version: [1]"),
    "id with blanks": ("id: insurance_service", "id: insurance service"),
    "id is a number": ("id: insurance_service", "id: 7"),
    "id of 100 letters": ("id: insurance_service", "id: " + "a" * 100),
    "id is that of another file": ("id: insurance_service", "id: insurance_service"),
    "an entry nobody knows": ("criteria:", "colour: blue\ncriteria:"),
    "an entry misspelt": ("criteria:", "criterions:"),
    "indented by a tab": ("criteria:", "criteria:\n\t- id: x"),
    "a bracket that is not closed": ("criteria:", "criteria: ["),
    "a quote that is not closed": ('version: "1"', 'version: "1'),
    "criteria are none": ("criteria:", "criteria: []\nothers:"),
    "criteria are a text": ("criteria:", "criteria: all\nothers:"),
    "a weight of 0": ("weight: ", "weight: 0 #"),
    "a weight of minus 1": ("weight: ", "weight: -1 #"),
    "a weight that is no number": ("weight: ", "weight: .nan #"),
    "a weight that is infinite": ("weight: ", "weight: .inf #"),
    "a weight in words": ("weight: ", "weight: heavy #"),
    "a target of 1000": ("target: ", "target: 1000 #"),
    "a target that is no number": ("target: ", "target: .nan #"),
    "an opportunity nobody knows": ("opportunity: ", "opportunity: whenever #"),
    "language in words": ("criteria:", "language: English\ncriteria:"),
    "language is a number": ("criteria:", "language: 12\ncriteria:"),
    "twice the same entry": ('version: "1"', 'version: "1"\nversion: "2"'),
    "an alias to nothing": ('version: "1"', "version: *nothing"),
    "a tag of Python's": ('version: "1"', "version: !!python/object/apply:os.system ['true']"),
    "a time of no day": ('version: "1"', "version: 2026-11-31T10:00:00Z"),
    "NUL in the text": ('version: "1"', 'version: "\0"'),
}
# name → whole content; None: the file is not a file.
_FILES: dict[str, bytes | None] = {
    "empty": b"",
    "a comment alone": b"# nothing\n",
    "a list": b"- a\n- b\n",
    "a number": b"42\n",
    "a text": b"hello\n",
    "JSON": b'{"id": "x"}',
    "two documents": b"id: a\n---\nid: b\n",
    "latin 1": "id: caf\xe9\n".encode("latin-1"),
    "binary": bytes(range(256)),
    "UTF-16": "id: insurance".encode("utf-16"),
    "a spreadsheet": b"PK\x03\x04" + bytes(500),
    "nested 5000 deep": b"a: " + b"[" * 5000 + b"]" * 5000,
    "a circle": b"id: &a [*a]\n",
    "millions by aliases": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n".encode() for before, name in pairwise("abcdefgh")),
    "3 MB": b"id: x\n" + b"# filling\n" * 320_000,
    "a link to nothing": None,
    "a folder": None,
}


def write(folder: Path, good: Path) -> Iterator[BadInput]:
    """Write every case beside the good rubrics of `folder`; `good` is the file that the changes are made in."""
    text = good.read_text(encoding="utf-8")
    for number, (name, (old, new)) in enumerate(_CHANGES.items()):
        if old not in text:
            raise ValueError(f"the rubric no longer holds {old!r}: {name} would change nothing")
        file = f"zz-changed-{number:02}.yaml"
        changed = text.replace("id: insurance_service", f"id: changed_{number}", 1) if "id" not in old else text
        (folder / file).write_text(changed.replace(old, new, 1), encoding="utf-8")
        yield BadInput(KIND, name, file, ("told",))
    for number, (name, content) in enumerate(_FILES.items()):
        file = f"zz-file-{number:02}.yaml"
        if content is not None:
            (folder / file).write_bytes(content)
        elif name == "a folder":
            (folder / file).mkdir()
        else:
            (folder / file).symlink_to("nowhere.yaml")
        yield BadInput(KIND, name, file, ("told",))
    (folder / "zz-other.yml").write_text(text, encoding="utf-8")
    yield BadInput(KIND, "called .yml", "zz-other.yml", ("told",))
