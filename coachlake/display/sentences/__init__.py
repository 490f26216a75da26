"""Rows of the published tables in words: tables carry numbers and codes, one file a table says them."""
