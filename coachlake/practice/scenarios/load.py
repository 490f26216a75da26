"""Reading scenario files: every problem with its file, its line and what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML

from coachlake.files import named_by, whole_file
from coachlake.practice.scenarios.schema import Challenge, Customer, Fact, Issue, Scenario
from coachlake.rubrics.document import Document, DocumentError, Location, Problem, read_mapping
from coachlake.rubrics.schema import Rubric

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
    document = Document(path.name, read_mapping(path, _START, ScenarioError))
    try:
        scenario = Scenario.model_validate(document.plain())
    except ValidationError as error:
        raise ScenarioError([document.problem(detail["loc"], _message(detail)) for detail in error.errors()]) from error
    if rubrics is not None and (problems := _against_rubric(document, scenario, rubrics)):
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
    path = named_by(folder, scenario.id, ".yaml")
    yaml = YAML(typ="safe")
    yaml.default_flow_style, yaml.width, yaml.sort_base_mapping_type_on_output = False, 120, False  # type: ignore[assignment]
    with whole_file(path) as part, part.open("w", encoding="utf-8") as file:
        yaml.dump(scenario.model_dump(mode="json", exclude_none=True), file)
    return path


def _against_rubric(document: Document, scenario: Scenario, rubrics: Mapping[str, Rubric]) -> list[Problem]:
    if scenario.rubric_id not in rubrics:
        return [document.problem(("rubric_id",), f"no rubric {scenario.rubric_id!r}: there are {', '.join(rubrics)}")]
    criteria = {criterion.id: criterion for criterion in rubrics[scenario.rubric_id].criteria}
    named: list[tuple[Location, str]] = [(("focus",), scenario.focus)]
    named += [(("good_answers", criterion), criterion) for criterion in scenario.good_answers]
    problems = [
        document.problem(place, f"{wanted} is none of {', '.join(criteria)}")
        for place, wanted in named
        if wanted not in criteria
    ]
    whole = [c.id for c in criteria.values() if c.opportunity == "whole_call" and c.id not in scenario.good_answers]
    return problems + [document.problem(("good_answers",), f"say how a good {c} sounds here") for c in whole]


def _message(detail: ErrorDetails) -> str:
    named = [part for part in detail["loc"] if isinstance(part, str)]
    described = _description(named[-1]) if named else None
    advice = _ADVICE.get(detail["type"])
    message = detail["msg"].removeprefix("Value error, ") + (f"; {advice}" if advice else "")
    return message + (f" ({named[-1]}: {described})" if described else "")


def _description(name: str) -> str | None:
    models: tuple[type[BaseModel], ...] = (Scenario, Customer, Fact, Issue, Challenge)
    return next((m.model_fields[name].description for m in models if name in m.model_fields), None)
