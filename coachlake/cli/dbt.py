"""`coachlake dbt ...`: dbt on the lake, with its environment set."""

import subprocess
import sys
from pathlib import Path

import typer

from coachlake.settings import load_settings
from orchestration.marts.dbt_project import DBT_PROJECT, prepare_dbt


def dbt(context: typer.Context) -> None:
    """Run dbt on this lake: `coachlake dbt build`, `coachlake dbt docs generate`, ..."""
    prepare_dbt(load_settings())
    command = [str(Path(sys.executable).with_name("dbt")), *context.args, "--project-dir", str(DBT_PROJECT)]
    raise typer.Exit(subprocess.call(command))
