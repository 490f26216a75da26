"""`coachlake eval`: every signal against people's labels."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from coachlake.settings import load_settings
from evaluation.result import Interval, TaskResult


def evaluate(
    folder: Annotated[Path, typer.Argument(help="The folder of labelled sets; those not in it are named and skipped.")],
    only: Annotated[list[str] | None, typer.Option("--only", help="A task by its name; may be repeated.")] = None,
    as_json: Annotated[
        Path | None, typer.Option("--json", help="Also write every figure here, each task's as it ends.")
    ] = None,
    afresh: Annotated[bool, typer.Option(help="Measure again what the --json file already holds.")] = False,
) -> None:
    """Measure every signal on labelled conversations: figures, baselines and what people reach, side by side.

    A run that was cut off goes on where it stopped: what its --json file holds is taken as long as the code, the
    rubrics and the sets are the same.
    """
    from evaluation.kept import KeptResults, fingerprint_of
    from evaluation.run import run_tasks

    # Wide where the output goes to a file, so that a figure is never cut.
    console = Console() if Console().is_terminal else Console(width=180)
    results = []
    profile = load_settings().model_profile
    kept = KeptResults(as_json, fingerprint_of(folder, profile), is_afresh=afresh) if as_json else None
    with console.status("measuring"):
        try:
            for result in run_tasks(folder, only or [], profile, kept):
                console.print(f"  {result.task} ({result.data}): {result.note or f'n = {result.n}'}", highlight=False)
                results.append(result)
        except KeyError as error:
            raise typer.BadParameter(str(error.args[0]), param_hint="--only") from error
    print_results(console, results)
    if any(result.note.startswith("failed") for result in results):
        raise typer.Exit(1)


def print_results(console: Console, results: list[TaskResult]) -> None:
    """A table of results, and below it each label's figures and every note."""
    console.print(_table(results))
    _print_classes(console, results)


def _table(results: list[TaskResult]) -> Table:
    table = Table(title="Signals against people's labels (95 % intervals over conversations)", show_lines=True)
    for name in ("task", "n", "macro-F1", "kappa", "abstains", "baselines", "others reach", "measured besides", "aim"):
        table.add_column(name, justify="right" if name == "n" else "left")
    for result in results:
        table.add_row(
            f"{result.task} ({result.data})",
            str(result.n),
            _number(result.macro_f1),
            f"{result.kappa}{' (weighted)' if result.kappa_weights else ''}" if result.kappa else "",
            f"{result.abstention_rate:.0%}" if result.abstention_rate is not None else "",
            _named(result.baselines),
            _named(result.references),
            _named(result.figures),
            result.reach_for,
        )
    return table


def _print_classes(console: Console, results: list[TaskResult]) -> None:
    for result in results:
        for name, figures in result.per_class.items():
            console.print(
                f"{result.task} ({result.data}) {name}: precision {_number(figures.precision) or 'none said'}, "
                f"recall {_number(figures.recall)}, n = {figures.n}",
                highlight=False,
            )
        if result.note:
            console.print(f"{result.task} ({result.data}): {result.note}", highlight=False)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _named(values: dict[str, float] | dict[str, float | Interval]) -> str:
    return "\n".join(
        f"{name} {value if isinstance(value, Interval) else format(value, '.3g')}" for name, value in values.items()
    )
