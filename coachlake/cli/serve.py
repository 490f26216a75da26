"""`coachlake app` and `coachlake dev`: the two things people open in a browser."""

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from coachlake.cli.environment import prepare_environment
from coachlake.settings import REPOSITORY, load_settings

# Streamlit imports what pages need when the first page is opened; imported before, that page shows as fast as others.
_SERVE = "import coachlake.app.views.call, coachlake.app.views.overview, streamlit.web.cli as web; web.main()"

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 opens it to the network.")]


def app(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of the app.")] = 8501,
) -> None:
    """Open the dashboards on this lake (they read what is published and never block a run)."""
    settings = load_settings()
    prepare_environment(settings)
    Console().print(f"Dashboards of {settings.home} on [bold]http://{host}:{port}[/bold] (Ctrl-C ends them)")
    main = Path(REPOSITORY) / "coachlake" / "app" / "main.py"
    flags = {
        "server.address": host,
        "server.port": port,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    options = [f"--{name}={value}" for name, value in flags.items()]
    _run([sys.executable, "-c", _SERVE, "run", str(main), *options])


def dev(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of Dagster.")] = 3000,
) -> None:
    """Open Dagster on this lake: assets, runs, checks, schedules and sensors, with its daemon."""
    settings = load_settings()
    home = prepare_environment(settings)
    Console().print(f"Dagster on [bold]http://{host}:{port}[/bold], its history in {home} (Ctrl-C ends it)")
    dg = str(Path(sys.executable).with_name("dg"))
    _run([dg, "dev", "--host", host, "--port", str(port)])


def _run(command: list[str]) -> NoReturn:
    path = os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")]))
    os.chdir(REPOSITORY)
    # In this process's place: whoever stops `coachlake` stops the server too, and nothing is left behind.
    # `dg` warns where the environment it runs in is not an activated one.
    os.execve(command[0], command, os.environ | {"PYTHONPATH": path, "VIRTUAL_ENV": sys.prefix})
