"""`coachlake demo`: the demonstration contact centre."""

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from coachlake.lake.connection import lake
from coachlake.progress_bar import progress_bar
from coachlake.settings import Settings, load_settings
from demonstration.compare import Comparison
from demonstration.compare import compare as compare_with_gold

app = typer.Typer(no_args_is_help=True, help="The demonstration contact centre and its gold labels.")
NIGHT = date(2026, 11, 23)


def gold_folder(settings: Settings) -> Path:
    """Where the demonstration keeps what was put in."""
    return settings.home / "gold"


def holds_only_demo(settings: Settings) -> bool:
    """Whether every live call of the lake is one of the demonstration's, as its gold names them; so of no lake yet."""
    if not (gold_folder(settings) / "complete").exists():
        return False
    from demonstration.faults import EXPECTED

    of_demo = {path.stem for path in gold_folder(settings).glob("*.json")} | set(EXPECTED)
    try:
        with lake(settings, read_only=True) as connection:
            found = connection.execute("SELECT DISTINCT call_id FROM lake.raw.calls WHERE source = 'live'").fetchall()
    except (duckdb.CatalogException, FileNotFoundError):
        found = []
    return {call_id for (call_id,) in found} <= of_demo


def land_demo(settings: Settings) -> None:
    """Write the demonstration into the landing zone, once."""
    from demonstration.write import write_demo

    done = gold_folder(settings) / "complete"
    if done.exists():
        return
    with progress_bar("speaking the demonstration calls") as report:
        write_demo(Path(settings.landing), gold_folder(settings), NIGHT, progress=report)
    done.write_text(datetime.now().isoformat(), encoding="utf-8")


@app.command("compare")
def compare(
    as_json: Annotated[Path | None, typer.Option("--json", help="Also write the figures here.")] = None,
) -> None:
    """What the pipeline found on the demonstration against what was put in."""
    settings = load_settings()
    comparison = compare_with_gold(settings, gold_folder(settings))
    if as_json:
        as_json.write_text(json.dumps(asdict(comparison), indent=2), encoding="utf-8")
    Console().print(_table(comparison))


def _table(comparison: Comparison) -> Table:
    table = Table("measure", "value", title="Pipeline against the demonstration's gold")
    for name, value in asdict(comparison).items():
        if name == "level_kappa":
            for criterion, (kappa, n) in value.items():
                table.add_row(f"weighted kappa of levels, {criterion}", f"{kappa:.2f} (n = {n})")
        elif isinstance(value, dict):
            for inner, figure in value.items():
                table.add_row(f"{name}, {inner}".replace("_", " "), _shown(figure))
        else:
            table.add_row(name.replace("_", " "), _shown(value))
    return table


def _shown(value: float | tuple[float, float] | None) -> str:
    if isinstance(value, tuple):
        return f"{value[0]:.3f}–{value[1]:.3f}"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
