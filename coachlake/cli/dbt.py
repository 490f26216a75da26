"""`coachlake dbt ...`: dbt on the lake, with its environment set."""

import os
import subprocess

import typer

from coachlake.settings import load_settings
from orchestration.resources.dbt import dbt_command, dbt_environment, prepare_lake


def dbt(context: typer.Context) -> None:
    """Run dbt on this lake: `coachlake dbt build`, `coachlake dbt docs generate`, ..."""
    settings = load_settings()
    prepare_lake(settings)
    raise typer.Exit(subprocess.call(dbt_command(*context.args), env=os.environ | dbt_environment(settings)))
