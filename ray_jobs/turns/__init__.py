"""Turns and what they make: backchannels, customer statements, sentences with their times."""

from ray_jobs.turns.backchannels import mark_backchannels
from ray_jobs.turns.sentences import Sentence, sentences_of
from ray_jobs.turns.statements import Statement, customer_statements

__all__ = ["Sentence", "Statement", "customer_statements", "mark_backchannels", "sentences_of"]
