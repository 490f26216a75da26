"""Evidence read blind by people: rows drawn from real calls, two readers, and figures of what they say."""
