"""Whether a transcript may be scored at all: in a language that is judged, understood, and a conversation."""
