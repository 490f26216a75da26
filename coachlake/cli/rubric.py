"""`coachlake rubric`: check a rubric file, and try it on calls before it goes live."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coachlake.calibration.trial import Change, effects, try_rubric
from coachlake.lake.stored_calls import StoredScore
from coachlake.rubrics.check import check_rubric
from coachlake.rubrics.document import Problem, RubricError
from coachlake.rubrics.load import load_rubric
from coachlake.rubrics.schema import Rubric
from coachlake.settings import REPOSITORY, load_settings

if TYPE_CHECKING:
    from coachlake.signals.kit import SignalKit

app = typer.Typer(no_args_is_help=True, help="Check rubrics, and see what a change would do.")
_SHIPPED = REPOSITORY / "rubrics"


@app.command("check")
def check(
    path: Annotated[Path, typer.Argument(help="A rubric file, or a folder of them.")],
    strict: Annotated[bool, typer.Option(help="Fail on advice too.")] = False,
) -> None:
    """What is wrong with a rubric (it cannot be used) and what is unclear in it (it would score badly)."""
    console = Console(soft_wrap=True)
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files or not path.exists():
        console.print(f"[red]no rubric at {escape(str(path))}[/red]", highlight=False)
        raise typer.Exit(2)
    reports = [_check(file) for file in files]
    for file, (errors, advice) in zip(files, reports, strict=True):
        for problem in errors:
            console.print(f"[red]error[/red]  {escape(str(problem))}", highlight=False)
        for problem in advice:
            console.print(f"[yellow]advice[/yellow] {escape(str(problem))}", highlight=False)
        if not errors and not advice:
            console.print(f"[green]good[/green]   {escape(file.name)}", highlight=False)
    is_bad = any(errors or (strict and advice) for errors, advice in reports)
    raise typer.Exit(1 if is_bad else 0)


@app.command("try")
def try_(
    path: Annotated[Path, typer.Argument(help="The rubric file on trial.")],
    call: Annotated[list[str] | None, typer.Option(help="A call to try it on; may be repeated.")] = None,
    last: Annotated[int, typer.Option(help="Without --call: the newest calls of this line to try it on.")] = 20,
) -> None:
    """What the rubric would change in score, level and evidence. Nothing is written."""
    from coachlake.lake.stored_calls import newest_calls, stored_calls
    from coachlake.provenance import pipeline_version

    console = Console(soft_wrap=True)
    settings = load_settings()
    rubric = _load(path, console)
    call_ids = call or newest_calls(settings, rubric.id, last) or newest_calls(settings, rubric.based_on or "", last)
    try:
        calls = stored_calls(settings, call_ids)
    except KeyError as error:
        console.print(f"[red]{escape(str(error.args[0]))}[/red]", highlight=False)
        raise typer.Exit(2) from error
    if not calls:
        console.print(f"no scored call of {rubric.id} in the lake: name one with --call")
        raise typer.Exit(2)
    changes = try_rubric(rubric, _kit(settings.model_profile), calls)
    _print_changes(console, [change for change in changes if change.is_change])
    if len(calls) > 1:
        console.print(_effect_table(changes))
    if any(stored.pipeline_version != pipeline_version() for stored in calls):
        console.print("Some of these calls were scored by an earlier coachlake: part of a change may come from that.")


def _check(file: Path) -> tuple[list[Problem], list[Problem]]:
    originals = [load_rubric(shipped) for shipped in sorted(_SHIPPED.glob("*.yaml"))]
    try:
        return [], check_rubric(file, _encoder(), originals)
    except RubricError as error:
        return error.problems, []


def _encoder() -> Callable[[Sequence[str]], NDArray[np.float32]]:
    from coachlake.language.encoder import load_encoder

    return load_encoder(load_settings().model_profile).encode


def _kit(profile: str) -> "SignalKit":
    from coachlake.signals.kit import load_signal_kit

    return load_signal_kit(profile, load_settings().home)


def _load(path: Path, console: Console) -> Rubric:
    try:
        return load_rubric(path)
    except RubricError as error:
        for problem in error.problems:
            console.print(f"[red]error[/red]  {escape(str(problem))}", highlight=False)
    except FileNotFoundError:
        console.print(f"[red]no rubric at {escape(str(path))}[/red]", highlight=False)
    raise typer.Exit(2)


def _print_changes(console: Console, changes: list[Change]) -> None:
    previous = ""
    for change in changes:
        if change.call_id != previous:
            console.print(f"\n[bold]{escape(change.call_id)}[/bold]", highlight=False)
            previous = change.call_id
        moved = f"{_shown(change.before)} → {_shown(change.after)}"
        console.print(f"  {change.criterion_id:<24}{moved:<26}{escape(_moments(change))}", highlight=False)
    if not changes:
        console.print("Nothing would change on these calls.")


def _moments(change: Change) -> str:
    before, after = change.before.quote, change.after.quote
    if before == after:
        return f"“{after}”" if after else ""
    return f"“{before or '–'}” → “{after or '–'}”"


def _effect_table(changes: list[Change]) -> Table:
    table = Table(
        "criterion", "calls", "changed", "level up", "level down", "mean now", "mean on trial", title="In sum"
    )
    for effect in effects(changes):
        means = [f"{mean:.0f}" if mean is not None else "–" for mean in (effect.mean_before, effect.mean_after)]
        counts = [str(n) for n in (effect.calls, effect.changed, effect.level_up, effect.level_down)]
        table.add_row(effect.criterion_id, *counts, *means)
    return table


def _shown(score: StoredScore) -> str:
    return "–" if score.score is None else f"{score.score:.0f} {score.level}"
