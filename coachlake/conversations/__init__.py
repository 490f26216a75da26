"""Turns and what they make: backchannels, statements, sentences; transcripts read into conversations."""
