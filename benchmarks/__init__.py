"""Measurements: each writes a table and a JSON file."""
