"""Runs that come back: who works on a lake, whether they live, and what becomes of the work of those who do not.

`process.py` tells one process from another, `progress_file.py` says how far a run is, `dead_runs.py` frees what a
killed run holds, `turn.py` waits for those that live.
"""
