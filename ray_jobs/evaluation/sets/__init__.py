"""Readers of labelled sets, each as its authors publish it. Nothing of a set is kept in the project."""

from ray_jobs.evaluation.sets.find import NothingLabelledError, SetNotFoundError, find

__all__ = ["NothingLabelledError", "SetNotFoundError", "find"]
