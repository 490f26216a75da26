"""`python -m evaluation.faults.inputs`, part of `make faults`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from evaluation.faults.inputs.fuzz import fuzz
from evaluation.faults.inputs.run import campaign
from evaluation.faults.outcome import table, write


def main(
    profile: Annotated[str, typer.Option(help="Model profile: what is heard matters little here.")] = "fast",
    examples: Annotated[int, typer.Option(help="Made-up files for each parser.")] = 300,
    share: Annotated[float, typer.Option(help="Below 1: only every so-many-th input, for a quick look.")] = 1.0,
    as_json: Annotated[Path | None, typer.Option("--json", help="Also write every outcome here.")] = None,
) -> None:
    """Land every bad input beside good calls, run the real night, then throw made-up files at each parser."""
    with tempfile.TemporaryDirectory(prefix="coachlake-inputs-") as folder:
        outcomes = [*campaign(Path(folder), profile, share), *fuzz(examples)]
    console = Console()
    for outcome in outcomes:
        if outcome.outcome != "right":
            told = f"{outcome.kind}, {outcome.case}: {outcome.outcome} ({outcome.note})"
            console.print(escape(told), highlight=False)
    console.print(table(outcomes, "What becomes of bad input"))
    if as_json:
        write(as_json, outcomes)
    raise typer.Exit(int(any(outcome.outcome != "right" for outcome in outcomes)))


if __name__ == "__main__":
    typer.run(main)
