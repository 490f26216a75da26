"""Reading scenario files: every problem with its file, its line and what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from practice.scenarios.schema import Customer, Fact, Issue, Moment, Scenario
from rubrics import Problem, Rubric
from rubrics.document import DocumentError, plain, read_mapping

_START = "a scenario starts with `id:`, `version:`, `name:`, `kind:`"
SHIPPED = Path(__file__).with_name("shipped")
_ADVICE = {
    "missing": "add it",
    "extra_forbidden": "remove it or correct its spelling",
    "string_pattern_mismatch": "use lower-case letters, digits and underscores, such as hostile_customer",
    "string_too_short": "write something here",
    "literal_error": "use one of the values named",
    "string_type": "write text; put numbers in quotes",
    "too_short": "add more entries",
}


class ScenarioError(DocumentError):
    """A scenario file cannot be used."""


@dataclass(frozen=True, slots=True)
class ScenarioSet:
    """scenario_id → scenario, in file order, and what is wrong with files that could not be used."""

    scenarios: dict[str, Scenario] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load_scenario(path: Path, rubrics: Mapping[str, Rubric] | None = None) -> Scenario:
    """The scenario of a file; with `rubrics`, its focus and good answers are checked against its rubric.

    Raises ScenarioError with every problem, FileNotFoundError where there is no file.
    """
    document = read_mapping(path, _START, ScenarioError)
    try:
        scenario = Scenario.model_validate(plain(document))
    except ValidationError as error:
        raise ScenarioError([_problem(path, document, detail) for detail in error.errors()]) from error
    if rubrics is not None and (problems := _against_rubric(path, document, scenario, rubrics)):
        raise ScenarioError(problems)
    return scenario


def load_scenarios(folders: list[Path], rubrics: Mapping[str, Rubric]) -> ScenarioSet:
    """Every `*.yaml` of the folders; a broken file is named in `problems` and left out, never an exception."""
    found = ScenarioSet()
    for path in [path for folder in folders for path in sorted(folder.glob("*.yaml"))]:
        try:
            scenario = load_scenario(path, rubrics)
        except ScenarioError as error:
            found.problems.extend(error.problems)
            continue
        if scenario.id in found.scenarios:
            found.problems.append(Problem(path.name, 1, "id", f"{scenario.id} is already the id of another file"))
            continue
        found.scenarios[scenario.id] = scenario
    return found


def save_scenario(scenario: Scenario, folder: Path) -> Path:
    """Write a scenario as `<folder>/<id>.yaml`, whole or not at all; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{scenario.id}.yaml"
    part = path.with_suffix(".part")
    yaml = YAML(typ="safe")
    yaml.default_flow_style, yaml.width, yaml.sort_base_mapping_type_on_output = False, 120, False  # type: ignore[assignment]
    with part.open("w", encoding="utf-8") as file:
        yaml.dump(scenario.model_dump(mode="json", exclude_none=True), file)
    part.replace(path)
    return path


def _against_rubric(
    path: Path, document: CommentedMap, scenario: Scenario, rubrics: Mapping[str, Rubric]
) -> list[Problem]:
    if scenario.rubric_id not in rubrics:
        message = f"no rubric {scenario.rubric_id!r}: there are {', '.join(rubrics)}"
        return [Problem(path.name, _line(document, ["rubric_id"]), "rubric_id", message)]
    criteria = {criterion.id: criterion for criterion in rubrics[scenario.rubric_id].criteria}
    named = [["focus"], *(["good_answers", criterion] for criterion in scenario.good_answers)]
    problems = [
        Problem(path.name, _line(document, place), " ".join(place), f"{wanted} is none of {', '.join(criteria)}")
        for place in named
        if (wanted := scenario.focus if place == ["focus"] else place[-1]) not in criteria
    ]
    whole = [c.id for c in criteria.values() if c.opportunity == "whole_call" and c.id not in scenario.good_answers]
    line = _line(document, ["good_answers"])
    return problems + [Problem(path.name, line, "good_answers", f"say how a good {c} sounds here") for c in whole]


def _problem(path: Path, document: CommentedMap, detail: ErrorDetails) -> Problem:
    location = list(detail["loc"])
    named = [str(part) for part in location if isinstance(part, str)]
    described = _description(named[-1]) if named else None
    advice = _ADVICE.get(detail["type"])
    message = detail["msg"].removeprefix("Value error, ") + (f"; {advice}" if advice else "")
    message += f" ({named[-1]}: {described})" if described else ""
    return Problem(path.name, _line(document, location), _place(document, location), message)


def _walk(document: CommentedMap, location: list[Any]) -> list[tuple[Any, Any]]:
    """(container, key) for each part of `location` that is in the document."""
    node: Any = document
    steps = []
    for part in location:
        is_there = (isinstance(node, CommentedMap) and part in node) or (
            isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node)
        )
        if not is_there:
            break
        steps.append((node, part))
        node = node[part]
    return steps


def _line(document: CommentedMap, location: list[Any]) -> int:
    steps = _walk(document, location)
    if not steps:
        return 1
    node, part = steps[-1]
    return int((node.lc.key(part) if isinstance(node, CommentedMap) else node.lc.item(part))[0]) + 1


def _place(document: CommentedMap, location: list[Any]) -> str:
    """`facts.2.answer` as people read it: `facts pan answer`."""
    names = []
    for position, part in enumerate(location):
        steps = _walk(document, location[: position + 1])
        node = steps[-1][0][part] if len(steps) == position + 1 else None
        if isinstance(part, int):
            names.append(str(node["id"]) if isinstance(node, CommentedMap) and "id" in node else f"no. {part + 1}")
        else:
            names.append(str(part))
    return " ".join(names)


def _description(name: str) -> str | None:
    models: tuple[type[BaseModel], ...] = (Scenario, Customer, Fact, Issue, Moment)
    return next((m.model_fields[name].description for m in models if name in m.model_fields), None)
