"""Conversation into soft-skill evidence: calls in, scores with the second that earned them out."""
