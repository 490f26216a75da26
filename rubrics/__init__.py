"""Rubrics: behavioural anchors a team writes in YAML, checked on load with messages a QA lead can act on."""

from rubrics.document import Problem, RubricError
from rubrics.load import RubricSet, load_rubric, load_rubrics
from rubrics.rows import rubric_rows
from rubrics.schema import Anchor, Criterion, Level, Rubric

__all__ = [
    "Anchor",
    "Criterion",
    "Level",
    "Problem",
    "Rubric",
    "RubricError",
    "RubricSet",
    "load_rubric",
    "load_rubrics",
    "rubric_rows",
]
