"""A night of calls through Ray: heard once, judged once per rubric, staged call by call, landed in one transaction."""
