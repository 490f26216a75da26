"""`coachlake doctor`: what of this set-up is open, missing or wrong. One module a check under `checks`."""
