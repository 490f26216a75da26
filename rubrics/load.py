"""Reading rubric files: every problem with its file, its line and what to write instead."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from rubrics.schema import Anchor, Anchors, Criterion, CustomOpportunity, Rubric, Scale

_ADVICE = {
    "missing": "add it",
    "extra_forbidden": "remove it or correct its spelling",
    "string_pattern_mismatch": "use lower-case letters, digits and underscores, such as active_listening",
    "string_too_short": "write something here",
    "literal_error": "use one of the values named",
    "float_parsing": "write a number",
    "string_type": "write text; put numbers in quotes",
    "greater_than": "write a greater number",
    "too_short": "add more entries",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a rubric file. `line` counts from 1."""

    file: str
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.place + ': ' if self.place else ''}{self.message}"


class RubricError(ValueError):
    """A rubric file cannot be used."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class RubricSet:
    """rubric_id → rubric in force, in file order, and what is wrong with files that could not be used."""

    rubrics: dict[str, Rubric] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load_rubric(path: Path) -> Rubric:
    """The rubric of a file. Raises RubricError with every problem, FileNotFoundError where there is no file."""
    document = _parse(path)
    try:
        return Rubric.model_validate(_plain(document))
    except ValidationError as error:
        raise RubricError([_problem(path, document, detail) for detail in _relevant(error)]) from error


def load_rubrics(folder: Path, last_good: Path) -> RubricSet:
    """Every `*.yaml` of a folder. A good file is kept under `last_good`; a broken one is replaced by its kept version.

    A broken file therefore never stops a night: it is named in `problems` and the version before stays in force.
    """
    found = RubricSet()
    for path in sorted(folder.glob("*.yaml")):
        kept = last_good / path.name
        try:
            rubric = load_rubric(path)
            _keep(path, kept)
        except RubricError as error:
            found.problems.extend(error.problems)
            if not kept.exists():
                continue
            rubric = load_rubric(kept)
        if rubric.id in found.rubrics:
            found.problems.append(Problem(path.name, 1, "id", f"{rubric.id} is already the id of another file"))
            continue
        found.rubrics[rubric.id] = rubric
    return found


def _keep(path: Path, kept: Path) -> None:
    if kept.exists() and kept.read_bytes() == path.read_bytes():
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    shutil.copyfile(path, part)
    part.replace(kept)


def _parse(path: Path) -> CommentedMap:
    try:
        document = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        advice = "check the indentation, and put texts that hold a colon in quotes"
        raise RubricError([Problem(path.name, line, "", f"this is no YAML ({error.problem}): {advice}")]) from error
    except UnicodeDecodeError as error:
        raise RubricError([Problem(path.name, 1, "", "save the file as UTF-8")]) from error
    if not isinstance(document, CommentedMap):
        raise RubricError([Problem(path.name, 1, "", "a rubric starts with `id:`, `version:`, `name:`, `criteria:`")])
    return document


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return node


def _relevant(error: ValidationError) -> list[ErrorDetails]:
    """Without the branch of `opportunity` that the author did not mean (a name against a mapping)."""
    details = error.errors()
    is_mapping = {d["loc"][:-2] for d in details if "CustomOpportunity" in d["loc"] and d["type"] != "model_type"}
    kept = []
    for detail in details:
        is_name_branch = any(str(part).startswith("literal[") for part in detail["loc"])
        if is_name_branch and detail["loc"][:-1] in {loc[: len(detail["loc"]) - 1] for loc in is_mapping}:
            continue
        if detail["type"] == "model_type" and "CustomOpportunity" in detail["loc"]:
            continue
        kept.append(detail)
    return kept


def _problem(path: Path, document: CommentedMap, detail: ErrorDetails) -> Problem:
    location = [part for part in detail["loc"] if part != "CustomOpportunity" and not str(part).startswith("literal[")]
    name = str(location[-1]) if location else ""
    described = _description(name)
    what = detail["msg"].removeprefix("Value error, ")
    advice = _ADVICE.get(detail["type"])
    message = what + (f"; {advice}" if advice else "") + (f" ({name}: {described})" if described else "")
    return Problem(path.name, _line(document, location), _place(document, location), message)


def _line(document: CommentedMap, location: list[int | str]) -> int:
    node: Any = document
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


def _place(document: CommentedMap, location: list[int | str]) -> str:
    """`criteria.2.weight` as people read it: `empathy weight`."""
    names: list[str] = []
    node: Any = document
    for part in location:
        node = node[part] if isinstance(node, CommentedSeq | CommentedMap) and _has(node, part) else None
        if isinstance(part, int):
            label = node.get("id") if isinstance(node, CommentedMap) else None
            names.append(str(label) if label else f"no. {part + 1}")
        elif part != "criteria":
            names.append(str(part))
    return " ".join(names)


def _has(node: CommentedSeq | CommentedMap, part: int | str) -> bool:
    return part < len(node) if isinstance(part, int) and isinstance(node, CommentedSeq) else part in node


def _description(name: str) -> str | None:
    for model in (Rubric, Criterion, Anchor, Anchors, Scale, CustomOpportunity):
        if name in model.model_fields:
            return model.model_fields[name].description
    return None
