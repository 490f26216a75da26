"""Turns and what they make: backchannels, customer statements, units, sentences with their times."""

from ray_jobs.turns.backchannels import mark_backchannels
from ray_jobs.turns.endings import has_marks, is_left_open
from ray_jobs.turns.sentences import Sentence, sentences_of
from ray_jobs.turns.statements import Statement, customer_statements
from ray_jobs.turns.units import units_of

__all__ = [
    "Sentence",
    "Statement",
    "customer_statements",
    "has_marks",
    "is_left_open",
    "mark_backchannels",
    "sentences_of",
    "units_of",
]
