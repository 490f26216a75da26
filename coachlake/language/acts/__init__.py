"""What a sentence does, to what the other side said: one small encoder with a head a question."""
