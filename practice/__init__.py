"""Role-play practice, scored by the same rubric as live calls."""
