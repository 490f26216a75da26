"""The command: every check in turn, and a failure where one found something bad."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import typer
from rich.console import Console
from rich.markup import escape

from coachlake.cli.doctor import checks
from coachlake.cli.doctor.finding import Finding
from coachlake.settings import Settings, load_settings

_COLOURS = {"good": "green", "note": "yellow", "bad": "red"}


def doctor() -> None:
    """Look at ports, sign-in, secrets, GPU, memory, models, disk; exit code 1 where one is open, missing or wrong."""
    console = Console(soft_wrap=True)
    is_bad = False
    for name, finding in findings(load_settings()):
        is_bad |= finding.state == "bad"
        colour = _COLOURS[finding.state]
        console.print(f"[{colour}]{finding.state:<5}[/{colour}] {name}: {escape(finding.says)}", highlight=False)
    raise typer.Exit(int(is_bad))


def findings(settings: Settings) -> Iterator[tuple[str, Finding]]:
    """(check, finding) of every module under `checks`, by name."""
    for info in pkgutil.iter_modules(checks.__path__):
        check = import_module(f"{checks.__name__}.{info.name}").check
        for finding in check(settings):
            yield info.name, finding
