"""A YAML file from anywhere costs no more than its size, and says what is wrong with it."""

import os
from pathlib import Path

import pytest

from coachlake.rubrics.document import RubricError, parse
from coachlake.yaml_files import YamlLimitError, read_yaml

_BOMB = "a: &a [x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join(['*' + before] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (_BOMB, "what `\\*` repeats"),
        ("[" * 100_000, "deeper in one another"),
        ("\n".join(" " * depth + "a:" for depth in range(1_500)), "deeper in one another"),
        ("- x\n" * 51_000, "than any file of this kind"),
        ("a: &a [*a]\n", "an entry holds itself"),
        ("x" * 2_000_001, "2000001 bytes"),
    ],
    ids=["bomb", "brackets", "nesting", "entries", "circle", "size"],
)
def test_what_grows_beyond_its_file_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "line.yaml"
    file.write_text(text)
    with pytest.raises(YamlLimitError, match=says):
        read_yaml(file)
    with pytest.raises(RubricError, match=says):
        parse(file)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "line.yaml")
    with pytest.raises(RubricError, match="no regular file"):
        parse(tmp_path / "line.yaml")


def test_what_people_write_is_read(tmp_path: Path) -> None:
    (tmp_path / "line.yaml").write_text("a: &a [1, two]\nb: *a\nc: *a\n")
    assert read_yaml(tmp_path / "line.yaml") == {"a": [1, "two"], "b": [1, "two"], "c": [1, "two"]}
