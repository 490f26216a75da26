"""`coachlake docs`: what every table and column means, and what the checks found, as pages to open."""

import os
import shutil
import subprocess
from pathlib import Path

import typer
from rich.console import Console

from coachlake.settings import Settings, load_settings
from orchestration.resources.dbt import dbt_command, dbt_environment, prepare_lake, target_path


def docs() -> None:
    """Build the dbt documentation of this lake as one page that needs no server, and list the Data Docs."""
    settings = load_settings()
    page = build_dbt_docs(settings)
    console = Console()
    console.print(f"dbt docs: {page}", highlight=False, soft_wrap=True)
    for index in sorted((settings.home / "data_docs").glob("*/index.html")):
        console.print(f"Data Docs ({index.parent.name}): {index}", highlight=False, soft_wrap=True)


def build_dbt_docs(settings: Settings) -> Path:
    """`<home>/docs/index.html`: models, columns, tests and lineage. Raises typer.Exit with dbt's code if dbt fails."""
    prepare_lake(settings)
    command = dbt_command("docs", "generate", "--static", "--quiet")
    if code := subprocess.call(command, env=os.environ | dbt_environment(settings)):
        raise typer.Exit(code)
    page = settings.home / "docs" / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(target_path(settings) / "static_index.html", page)
    return page
