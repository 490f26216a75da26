"""Scenarios: situations to practise in, written in YAML or made from a moment of a live call."""

from practice.scenarios.load import SHIPPED, ScenarioError, ScenarioSet, load_scenario, load_scenarios, save_scenario
from practice.scenarios.schema import Customer, Fact, Issue, Moment, Scenario

__all__ = [
    "SHIPPED",
    "Customer",
    "Fact",
    "Issue",
    "Moment",
    "Scenario",
    "ScenarioError",
    "ScenarioSet",
    "load_scenario",
    "load_scenarios",
    "save_scenario",
]
