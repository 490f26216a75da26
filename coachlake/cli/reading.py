"""`coachlake reading`: evidence judged blind by two readers."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from coachlake.settings import load_settings

app = typer.Typer(help="Would a coach defend the evidence? Draw rows, have them read by two people, compare.")


@app.command("draw")
def draw(
    folder: Annotated[Path, typer.Argument(help="The folder of labelled sets.")],
    out: Annotated[Path, typer.Argument(help="Where rows.html, rows.csv and key.csv are written.")],
    rows: Annotated[int, typer.Option(min=1, help="How many rows.")] = 100,
    recordings: Annotated[bool, typer.Option(help="Transcribe the two-channel recordings as well.")] = True,
) -> None:
    """Draw random evidence rows of real calls as a page to read and a sheet to fill, one copy a reader."""
    from evaluation.kit import EvaluationKit
    from evaluation.reading.draw import draw as drawn
    from evaluation.reading.page import PAGE, SHEET, write_reading
    from evaluation.sets.find import NothingLabelledError

    try:
        found = drawn(folder, EvaluationKit(load_settings().model_profile), rows, with_recordings=recordings)
    except NothingLabelledError as error:
        raise typer.BadParameter(f"nothing to draw from: {error}", param_hint="FOLDER") from error
    write_reading(found, out)
    calls = len({row.call_id for row in found})
    Console().print(f"{len(found)} rows of {calls} calls: {out / PAGE}, {out / SHEET}", highlight=False)


@app.command("agree")
def agree(
    first: Annotated[Path, typer.Argument(help="The first reader's filled rows.csv.", exists=True)],
    second: Annotated[Path, typer.Argument(help="The second reader's.", exists=True)],
    key: Annotated[Path | None, typer.Option(help="key.csv: shares by level and criterion, calibration.")] = None,
) -> None:
    """The share of rows that readers defend, their kappa, and what the rows' confidence was worth."""
    from coachlake.cli.eval import print_results
    from evaluation.reading.agreement import SheetError, agreement
    from evaluation.sets.find import NothingLabelledError

    try:
        result = agreement(first, second, key)
    except (SheetError, NothingLabelledError) as error:
        raise typer.BadParameter(str(error)) from error
    print_results(Console() if Console().is_terminal else Console(width=180), [result])
