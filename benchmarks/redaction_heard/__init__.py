"""Excerpts of calls written as people talk in contact centres, before the patterns of redaction were read."""
