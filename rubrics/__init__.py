"""Rubrics: one YAML file per line of business, with their schema and loader."""
