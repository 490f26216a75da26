"""Scores: each criterion's opportunities found, judged against its anchors, and put on a scale with evidence."""

from ray_jobs.scoring.scorer import Scorer, build_scorer

__all__ = ["Scorer", "build_scorer"]
