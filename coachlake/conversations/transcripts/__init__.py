"""Transcripts a team already has: `read.read_transcript` is the door, `formats/` holds one reader a format."""
