"""What a sentence says and does: encoder, heads, sentence analysis."""
