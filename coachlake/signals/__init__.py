"""Soft-skill signals: pure functions over turns, each with its definition, threshold and source."""
