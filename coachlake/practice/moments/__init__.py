"""Practise this: a scenario made of a live moment, its facts kept, names and identifiers replaced."""
