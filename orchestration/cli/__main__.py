"""`python -m orchestration.cli`: the same as `coachlake`."""

from orchestration.cli import main

main()
