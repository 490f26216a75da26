"""Transcripts a team already has, one reader a format, read into conversations."""
