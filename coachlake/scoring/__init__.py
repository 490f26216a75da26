"""Scores: each criterion's opportunities found, judged against its anchors, and put on a scale with evidence."""
