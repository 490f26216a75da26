"""Scenarios: situations to practise in, written in YAML or made from a moment of a live call."""
