"""A rubric file as its author sees it: each entry with its line, so that every message can point at one."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from coachlake.yaml_files import YamlLimitError, checked_text

Location = tuple[int | str, ...]
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a rubric file. `line` counts from 1."""

    file: str
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.place + ': ' if self.place else ''}{self.message}"


class DocumentError(ValueError):
    """A YAML file that people write cannot be used; `problems` says what to write instead."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class RubricError(DocumentError):
    """A rubric file cannot be used."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed rubric file that still knows its lines."""

    name: str
    root: CommentedMap

    def problem(self, location: Location, message: str) -> Problem:
        """`message` about the entry at `location` (keys and positions from the top of the file)."""
        return Problem(self.name, self._line(location), self._place(location), message)

    def plain(self) -> Any:
        """The content as ordinary dicts and lists."""
        return plain(self.root)

    def _line(self, location: Location) -> int:
        node: Any = self.root
        line = 0
        for part in location:
            if isinstance(node, CommentedMap) and part in node:
                line = node.lc.key(part)[0]
            elif isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
                line = node.lc.item(part)[0]
            else:
                break
            node = node[part]
        return int(line) + 1

    def _place(self, location: Location) -> str:
        """`criteria.2.weight` as people read it: `empathy weight`."""
        names: list[str] = []
        node: Any = self.root
        for part in location:
            node = node[part] if isinstance(node, CommentedSeq | CommentedMap) and _has(node, part) else None
            if isinstance(part, int):
                label = node.get("id") if isinstance(node, CommentedMap) else None
                names.append(str(label) if label else f"no. {part + 1}")
            elif part != "criteria":
                names.append(str(part))
        return " ".join(names) or " ".join(str(part) for part in location)


def parse(path: Path) -> Document:
    """The document of a file. Raises RubricError where it is no YAML or no rubric, FileNotFoundError without one."""
    start = "a rubric starts with `id:`, `version:`, `name:`, `criteria:`"
    return Document(path.name, read_mapping(path, start, RubricError))


def read_mapping(path: Path, start: str, failure: type[DocumentError]) -> CommentedMap:
    """A YAML file as a mapping with its lines; raises `failure` where it is none (`start` says how one begins)."""
    try:
        text = checked_text(path)
        root = YAML(typ="rt").load(text)
    except YamlLimitError as error:
        raise failure([Problem(path.name, error.line, "", str(error))]) from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        advice = "check the indentation, and put texts that hold a colon in quotes"
        raise failure([Problem(path.name, line, "", f"this is no YAML ({error.problem}): {advice}")]) from error
    except UnicodeDecodeError as error:
        raise failure([Problem(path.name, 1, "", "save the file as UTF-8")]) from error
    except YAMLError as error:
        raise failure([Problem(path.name, 1, "", f"this is no YAML: {str(error).splitlines()[0]}")]) from error
    except FileNotFoundError:
        raise
    except OSError as error:
        raise failure([Problem(path.name, 1, "", f"the file cannot be read: {error.strerror}")]) from error
    except (ValueError, TypeError, OverflowError, KeyError, AttributeError) as error:
        # A value that looks like a date or a number and is none, as `2026-31-12`.
        says = f"a value looks like a date or a number and is none ({error}): put it in quotes"
        raise failure([Problem(path.name, _line_of_date(text), "", says)]) from error
    if not isinstance(root, CommentedMap):
        raise failure([Problem(path.name, 1, "", start)])
    return root


def _line_of_date(text: str) -> int:
    """The first line whose value has the form of a date that does not exist; 1 where none has."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _DATE.findall(line):
            try:
                date.fromisoformat(found)
            except ValueError:
                return number
    return 1


def plain(node: Any) -> Any:
    """Parsed YAML as ordinary dicts and lists."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node


def _has(node: CommentedSeq | CommentedMap, part: int | str) -> bool:
    return part < len(node) if isinstance(part, int) and isinstance(node, CommentedSeq) else part in node
