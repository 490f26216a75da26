"""The `coachlake` command line, one file a group of commands."""

from orchestration.cli.app import main

__all__ = ["main"]
