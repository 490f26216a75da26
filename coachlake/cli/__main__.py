"""`python -m coachlake.cli`: the same as `coachlake`."""

from coachlake.cli.app import main

main()
