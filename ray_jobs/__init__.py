"""Conversation into evidence: the Ray pipeline and, under it, pure functions over turns and arrays."""
