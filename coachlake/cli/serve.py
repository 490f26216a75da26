"""`coachlake app` and `coachlake dev`: the two things people open in a browser."""

import json
import os
import sys
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from coachlake.access.loopback import is_loopback
from coachlake.cli.demo import holds_only_demo
from coachlake.cli.environment import prepare_environment
from coachlake.settings import REPOSITORY, Settings, load_settings

# Streamlit imports what pages need when the first page is opened; imported before, that page shows as fast as others.
_SERVE = """
import json, sys
import coachlake.app.views.call, coachlake.app.views.overview
from coachlake.app.server import serve
from coachlake.settings import load_settings
serve(load_settings(), **json.loads(sys.argv[1]))
"""

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Names = Annotated[list[str] | None, typer.Option("--name", help="Host name people reach it by; may be repeated.")]


def app(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of the app.")] = 8501,
    name: Names = None,
) -> None:
    """Open the dashboards on this lake (they read what is published and never block a run).

    Another --host than this machine's own needs sign-in (docs/security.md), or a lake that holds nothing but the
    demonstration.
    """
    settings = load_settings()
    prepare_environment(settings)
    console = Console()
    is_open = not is_loopback(host)
    if is_open:
        _refuse_open_without_sign_in(settings, console)
    sign_in = "everybody signs in" if settings.sign_in.exists() else "no sign-in"
    console.print(
        f"Dashboards of {settings.home} on [bold]http://{host}:{port}[/bold], {sign_in} (Ctrl-C ends them)",
        highlight=False,
    )
    given = {"host": host, "port": port, "names": name or [], "is_open": is_open}
    _run([sys.executable, "-c", _SERVE, json.dumps(given)])


def dev(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of Dagster.")] = 3000,
    name: Names = None,
) -> None:
    """Open Dagster on this lake: assets, runs, checks, schedules and sensors, with its daemon.

    Dagster asks nobody who they are: another --host than this machine's own is for a proxy that does.
    """
    settings = load_settings()
    home = prepare_environment(settings)
    console = Console()
    if not is_loopback(host):
        console.print("[yellow]Dagster has no sign-in: whoever reaches this port starts and stops runs.[/yellow]")
    console.print(f"Dagster on [bold]http://{host}:{port}[/bold], its history in {home} (Ctrl-C ends it)")
    os.environ["COACHLAKE_HOST_NAMES"] = ",".join(name or [])
    _run([sys.executable, "-m", "orchestration.dev_server", "dev", "--host", host, "--port", str(port)])


def _refuse_open_without_sign_in(settings: Settings, console: Console) -> None:
    if settings.sign_in.exists() or holds_only_demo(settings):
        return
    console.print(
        "[red]Not opened to the network: this lake holds calls of your own, and nobody would have to sign in.[/red]\n"
        f"Set up sign-in in {settings.sign_in} (docs/security.md), or leave --host out.",
        highlight=False,
    )
    raise typer.Exit(2)


def _run(command: list[str]) -> NoReturn:
    path = os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")]))
    os.chdir(REPOSITORY)
    # In this process's place: whoever stops `coachlake` stops the server too, and nothing is left behind.
    # `dg` warns where the environment it runs in is not an activated one.
    os.execve(command[0], command, os.environ | {"PYTHONPATH": path, "VIRTUAL_ENV": sys.prefix})
