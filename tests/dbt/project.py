"""Running the dbt project in tests: on a lake of their own, in a process of its own."""

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from coachlake.settings import Settings, load_settings
from orchestration.resources.dbt import DBT_PROJECT, dbt_command, dbt_environment, prepare_lake, target_path


def dbt(settings: Settings, *arguments: str, threads: int | None = None) -> None:
    """Run dbt on the lake of `settings`, with so many of DuckDB's threads if given; fails with what it printed."""
    prepare_lake(settings)
    command, environment = dbt_command(*arguments, "--quiet"), os.environ | dbt_environment(settings)
    if threads:
        environment["DBT_PROFILES_DIR"] = str(_profile_with(settings.home / "dbt" / f"threads-{threads}", threads))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def _profile_with(folder: Path, threads: int) -> Path:
    profile = (DBT_PROJECT / "profiles.yml").read_text()
    options = "config_options:\n"
    assert options in profile
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "profiles.yml").write_text(profile.replace(options, f"{options}        threads: {threads}\n"))
    return folder


@cache
def compiled_project() -> Path:
    """The target folder of the project compiled on an empty lake, as for a full build."""
    settings = load_settings({"COACHLAKE_HOME": mkdtemp(prefix="coachlake-dbt-")})
    dbt(settings, "compile", "--full-refresh")
    return target_path(settings)


def manifest() -> dict[str, Any]:
    """dbt's manifest of the project."""
    return dict(json.loads((compiled_project() / "manifest.json").read_text()))


def compiled_sql(model: str) -> str:
    """The SQL of a model, with the lake's schemas as plain schemas of the database it is run in."""
    node = manifest()["nodes"][f"model.coachlake.{model}"]
    return str(node["compiled_code"]).replace('"lake".', "")
