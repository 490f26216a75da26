"""A night through Ray: each call transcribed once, scored once a rubric, staged, and landed in one transaction."""
