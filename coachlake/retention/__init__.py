"""Retention: what is kept goes after the days that a company states, kind by kind."""
