"""Identifiers spoken by an offline voice, heard by the real recogniser, and what redaction leaves of them."""
