"""Which scenarios there are: those shipped, and those made from this lake's own moments."""

from collections.abc import Mapping
from pathlib import Path

from coachlake.practice.scenarios.load import SHIPPED, ScenarioSet, load_scenarios
from coachlake.rubrics.schema import Rubric
from coachlake.settings import Settings


def own_folder(settings: Settings) -> Path:
    """Where scenarios made here are kept; a team's own YAML files go there as well."""
    return settings.home / "practice" / "scenarios"


def scenarios_in_force(settings: Settings, rubrics: Mapping[str, Rubric]) -> ScenarioSet:
    """Shipped and own scenarios whose rubric is in force, and what is wrong with files that could not be used."""
    return load_scenarios([SHIPPED, own_folder(settings)], rubrics)
