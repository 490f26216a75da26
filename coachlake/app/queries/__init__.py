"""What each page asks of the published tables."""
