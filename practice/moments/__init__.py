"""Practise this: a scenario made of a live moment, its facts kept, names and identifiers replaced."""

from practice.moments.from_evidence import MomentError, scenario_of_evidence
from practice.moments.make import LiveMoment, scenario_of_moment

__all__ = ["LiveMoment", "MomentError", "scenario_of_evidence", "scenario_of_moment"]
