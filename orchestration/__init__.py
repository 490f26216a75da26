"""Dagster definitions and the `coachlake` command line. Never imports torch."""
