"""Reading rubric files: every problem with its file, its line and what to write instead."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from coachlake.files import write_whole
from coachlake.rubrics.document import Document, Problem, RubricError, parse
from coachlake.rubrics.schema import Anchor, Anchors, Criterion, CustomOpportunity, HardNegative, Rubric, Scale

# What is wrong and what to write instead, by pydantic's name for it and with its figures.
_MESSAGES = {
    "missing": "this is missing; add it",
    "extra_forbidden": "there is no such entry; remove it or correct its spelling{nearest}",
    "string_pattern_mismatch": "use lower-case letters, digits and underscores, such as active_listening",
    "string_too_short": "this is empty; write something here",
    "literal_error": "use one of the values named: {expected}",
    "float_parsing": "this is no number; write a number",
    "float_type": "this is no number; write a number",
    "string_type": "this is no text; write text, and put numbers in quotes",
    "greater_than": "write a number greater than {gt:g}",
    "greater_than_equal": "write {ge:g} or a greater number",
    "less_than_equal": "write {le:g} or a smaller number",
    "too_short": "{actual_length} is too few; add entries until there are {min_length}",
}


@dataclass(frozen=True, slots=True)
class RubricSet:
    """rubric_id → rubric in force, in file order, and what is wrong with files that could not be used."""

    rubrics: dict[str, Rubric] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load_rubric(path: Path) -> Rubric:
    """The rubric of a file. Raises RubricError with every problem, FileNotFoundError where there is no file."""
    document = parse(path)
    try:
        return Rubric.model_validate(document.plain())
    except ValidationError as error:
        raise RubricError([_problem(document, detail) for detail in _relevant(error)]) from error


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
        except (RubricError, FileNotFoundError) as error:
            found.problems.extend(
                error.problems
                if isinstance(error, RubricError)
                else [Problem(path.name, 1, "", "a link to a file that is not there")]
            )
            before = _kept_version(kept)
            if before is None:
                continue
            rubric = before
        if rubric.id in found.rubrics:
            found.problems.append(Problem(path.name, 1, "id", f"{rubric.id} is already the id of another file"))
            continue
        found.rubrics[rubric.id] = rubric
    found.problems.extend(
        Problem(path.name, 1, "", "not read: rubrics are files called *.yaml") for path in sorted(folder.glob("*.yml"))
    )
    return found


def _kept_version(kept: Path) -> Rubric | None:
    """The last good version; None where there never was one, or where it no longer is good itself."""
    try:
        return load_rubric(kept)
    except (FileNotFoundError, RubricError):
        return None


def _keep(path: Path, kept: Path) -> None:
    if kept.exists() and kept.read_bytes() == path.read_bytes():
        return
    write_whole(kept, path.read_bytes())


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
        # A list is too short for pydantic where one of its entries is wrong: the entry is what to tell.
        is_inside = any(d["loc"][: len(detail["loc"])] == detail["loc"] != d["loc"] for d in details)
        if detail["type"] == "too_short" and is_inside:
            continue
        kept.append(detail)
    return kept


def _problem(document: Document, detail: ErrorDetails) -> Problem:
    location = tuple(part for part in detail["loc"] if not _is_branch(part))
    name = str(location[-1]) if location else ""
    described = _description(name)
    message = _message(detail, name)
    if described:
        message += f" ({name}: {described})"
    return document.problem(location, message)


def _message(detail: ErrorDetails, name: str) -> str:
    if "language" in detail["loc"]:
        return "write two-letter codes: `language: en`, or `language: [en, es]`"
    template = _MESSAGES.get(detail["type"])
    if template is None:
        return detail["msg"].removeprefix("Value error, ")
    near = get_close_matches(name, _ENTRIES, n=1)
    figures = detail.get("ctx", {}) | {"nearest": f", perhaps to `{near[0]}`" if near else ""}
    return template.format(**figures)


def _is_branch(part: int | str) -> bool:
    """Pydantic names the branch of a union; the author never wrote it."""
    return part == "CustomOpportunity" or str(part).startswith("literal[")


_MODELS = (Rubric, Criterion, Anchor, Anchors, HardNegative, Scale, CustomOpportunity)
_ENTRIES = sorted({name for model in _MODELS for name in model.model_fields})


def _description(name: str) -> str | None:
    for model in _MODELS:
        if name in model.model_fields:
            return model.model_fields[name].description
    return None
