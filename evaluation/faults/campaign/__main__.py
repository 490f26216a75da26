"""`python -m evaluation.faults.campaign`, or `make faults`."""

import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from evaluation.faults.campaign.run import Fault, kinds, prepare
from evaluation.faults.outcome import Outcome, table, write


def main(
    moments: Annotated[int, typer.Option(help="Random moments a kind.")] = 20,
    only: Annotated[list[Fault] | None, typer.Option("--only", help="A kind by name; may be repeated.")] = None,
    seed: Annotated[int, typer.Option(help="Of the random moments.")] = 1,
    folder: Annotated[
        Path | None, typer.Option(help="Work here and leave it; takes up undisturbed runs in it.")
    ] = None,
    as_json: Annotated[Path | None, typer.Option("--json", help="Also write every outcome here, as they come.")] = None,
) -> None:
    """Break real parts at random moments, start again, and compare every table with an undisturbed run."""
    console, outcomes = Console(), list[Outcome]()
    if as_json:
        as_json.parent.mkdir(parents=True, exist_ok=True)
    with nullcontext(folder) if folder else tempfile.TemporaryDirectory(prefix="coachlake-faults-") as place:
        for name, kind in kinds(prepare(Path(place), seed)).items():
            if only and name not in only:
                continue
            for outcome in kind(moments):
                outcomes.append(outcome)
                note = f" ({outcome.note})" if outcome.note else ""
                console.print(escape(f"{outcome.kind}, {outcome.case}: {outcome.outcome}{note}"), highlight=False)
                if as_json:
                    write(as_json, outcomes)
    console.print(table(outcomes))
    raise typer.Exit(int(any(outcome.outcome != "right" for outcome in outcomes)))


if __name__ == "__main__":
    typer.run(main)
