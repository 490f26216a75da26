"""Assets, one file a concern; each is thin and calls plain functions."""
