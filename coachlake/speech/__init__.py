"""Recordings into conversations: decoding, speech activity, recogniser, who spoke when, voice tone."""
