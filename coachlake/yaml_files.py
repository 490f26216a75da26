"""YAML as it may come from anywhere: its size, depth and repeats are known before anything is built of it."""

import stat
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, ScalarEvent

# The largest file shipped has 30 kB and 2,000 entries.
_MAX_BYTES = 2_000_000
_MAX_ENTRIES = 50_000
_MAX_DEPTH = 40


class YamlLimitError(ValueError):
    """The file is no regular file, or holds more than any file of its kind needs; the message says of what.

    `line` counts from 1.
    """

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def read_yaml(path: Path) -> Any:
    """The content of a YAML file as plain dicts, lists and values.

    Raises YamlLimitError, MarkedYAMLError where it is no YAML, OSError where it cannot be read.
    """
    return YAML(typ="safe").load(checked_text(path))


def checked_text(path: Path) -> str:
    """The text of a YAML file that is safe to load: a regular file of bounded size, depth, entries and aliases.

    Raises YamlLimitError; what is no YAML passes, for the loader to say where. Raises OSError, UnicodeDecodeError.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # a pipe would never end
        raise YamlLimitError("this is no regular file")
    if status.st_size > _MAX_BYTES:
        raise YamlLimitError(f"{status.st_size} bytes: {_MAX_BYTES} are taken at most")
    text = path.read_text(encoding="utf-8")
    _check(text)
    return text


def _check(text: str) -> None:
    """Walk the events, of which there are as many as the file is long, whatever it repeats."""
    entries = [0]  # of each collection that is open, what it repeats counted in full; the first is the file
    names: list[str | None] = []
    known: dict[str, int] = {}  # `&name` → entries that `*name` stands for
    try:
        for event in YAML(typ="safe").parse(text):
            match event:
                case AliasEvent() if event.anchor in names:
                    raise YamlLimitError("an entry holds itself", event.start_mark.line + 1)
                case AliasEvent():
                    entries[-1] += known.get(event.anchor, 1)
                case CollectionStartEvent():
                    entries.append(1)
                    names.append(event.anchor)
                case CollectionEndEvent():
                    held = entries.pop()
                    entries[-1] += held
                    if name := names.pop():
                        known[name] = held
                case ScalarEvent():
                    entries[-1] += 1
            if sum(entries) > _MAX_ENTRIES or len(entries) > _MAX_DEPTH:
                says = "deeper in one another, or are more with what `*` repeats, than any file of this kind needs"
                raise YamlLimitError(f"entries lie {says}", event.start_mark.line + 1)
    except (MarkedYAMLError, YAMLError):
        return
