"""`coachlake models`: fetch what a profile needs from the hub, list every model, hash them all."""

from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from coachlake.models.profiles import hub_names, load_hub_model, load_profile, profile_names, weight_names
from coachlake.models.upkeep.fetch import fetch as fetch_model
from coachlake.models.upkeep.inventory import Model, inventory, needed_by
from coachlake.models.upkeep.refused import FetchError
from coachlake.models.weights import WeightsError
from coachlake.progress_bar import progress_bar
from coachlake.settings import load_settings

app = typer.Typer(no_args_is_help=True, help="Models: fetch, list, verify.")
_Profile = Annotated[str | None, typer.Option("--profile", help="A profile; none: the configured one.")]
_COLOURS = {"present": "green", "missing": "yellow", "changed": "red"}


@app.command("fetch")
def fetch(profile: _Profile = None) -> None:
    """Download a profile's hub models at their pinned revisions to COACHLAKE_MODELS, each with a lock of its hashes."""
    chosen, console = _chosen(profile), Console(soft_wrap=True)
    names = load_profile(chosen).hub_names
    if not names:
        console.print(f"profile {chosen} runs on pip packages alone: there is nothing to fetch", highlight=False)
    for name in names:
        model = load_hub_model(name)
        console.print(f"{model.repository} at {model.revision[:12]}, licence {model.licence}", highlight=False)
        try:
            is_new = fetch_model(name)
        except (FetchError, WeightsError) as error:
            console.print(f"[red]{escape(str(error))}[/red]", highlight=False)
            raise typer.Exit(1) from error
        console.print("  fetched and verified" if is_new else "  is here already, whole", highlight=False)


@app.command("list")
def list_() -> None:
    """List every model: what it is for, which profiles load it, its licence, source, size, and whether it is here."""
    console = Console()
    table = Table("model", "for", "profiles", "licence", Column("from", overflow="fold"), "size", "is")
    models = list(inventory())
    for model in models:
        terms = ", terms to accept" if model.needs_terms else ""
        size = f"{model.state.size / 1e6:,.1f} MB" if model.state.size else ""
        kind = f"[{_COLOURS[model.state.kind]}]{model.state.kind}[/{_COLOURS[model.state.kind]}]"
        row = (model.name, model.use, ", ".join(model.profiles), model.licence + terms, model.source, size)
        table.add_row(*(escape(cell) for cell in row), kind)
    console.print(table)
    _print_faults(model for model in models if model.state.kind != "present")


@app.command("verify")
def verify(
    profile: Annotated[str | None, typer.Option("--profile", help="A profile; none: all models.")] = None,
) -> None:
    """Hash every model and compare it with its pin or lock. Exit 1 where one is changed, or one the profile loads is
    missing."""
    chosen = _chosen(profile)
    needed, bad, right = needed_by(chosen), [], 0
    with progress_bar("hashing models") as report:
        for done, model in enumerate(inventory(chosen if profile else None), start=1):
            report(done, len(needed) if profile else len(weight_names()) + len(hub_names()))
            right += model.state.kind == "present"
            if model.state.kind == "changed" or (model.state.kind == "missing" and model.name in needed):
                bad.append(model)
    _print_faults(bad)
    Console(soft_wrap=True).print(f"{right} models are as pinned, {len(bad)} are not", highlight=False)
    raise typer.Exit(int(bool(bad)))


def _chosen(profile: str | None) -> str:
    chosen = profile or load_settings().model_profile
    if chosen not in profile_names():
        raise typer.BadParameter(f"{chosen}: there are {', '.join(profile_names())}", param_hint="--profile")
    return chosen


def _print_faults(models: Iterable[Model]) -> None:
    console = Console(soft_wrap=True)
    for model in models:
        colour = _COLOURS[model.state.kind]
        console.print(
            f"[{colour}]{model.name} is {model.state.kind}[/{colour}]: {escape(model.state.says)}", highlight=False
        )
        console.print(f"  Next: [bold]{escape(model.mend)}[/bold]", highlight=False)
