"""The job that runs every concern for a night, and its schedule."""
