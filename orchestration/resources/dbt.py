"""dbt: the project Dagster reads its models from, and the command line that builds them on a given lake."""

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

import dagster as dg
from dagster._core.definitions.definitions_load_context import DefinitionsLoadContext, DefinitionsLoadType
from dagster_dbt import DbtCliInvocation, DbtCliResource, DbtProject

from coachlake.files import write_whole
from coachlake.lake.connection import create_raw_tables, lake, required_extensions, storage_secrets
from coachlake.settings import REPOSITORY, Settings
from orchestration.runs.dead_runs import note_dbt

DBT_PROJECT = REPOSITORY / "dbt_project"
_READ_BY_DBT = (".csv", ".md", ".py", ".sql", ".yml")
# The dbt of this environment, whether or not it is activated.
DBT = str(Path(sys.executable).with_name("dbt"))


@cache
def dbt_project() -> DbtProject:
    """The project with its manifest in `dbt_project/target`: what the models are, whatever lake they are built on.

    Parsed anew each time a code location is loaded under `dg dev` or by `coachlake`, and where there is no manifest
    yet, unless the project is as it was then; a deployment brings the one it was built with. No lake is needed or
    touched. The steps of a run read what the code location they belong to has parsed.
    """
    project = DbtProject(project_dir=DBT_PROJECT, target="parse")
    is_step = DefinitionsLoadContext.get().load_type == DefinitionsLoadType.RECONSTRUCTION
    parsed, digest = project.manifest_path.with_name("parsed.sha256"), _project_digest()
    before = _written_at(project.manifest_path)
    is_current = before is not None and parsed.exists() and parsed.read_text() == f"{digest} {before}"
    # The preparer runs plain `dbt`.
    with _environment({"PATH": os.pathsep.join([str(Path(DBT).parent), os.environ.get("PATH", "")])}):
        if not (is_step or is_current):
            project.prepare_if_dev()
        if not project.manifest_path.exists():
            project.preparer.prepare(project)
    if _written_at(project.manifest_path) != before:
        write_whole(parsed, f"{digest} {_written_at(project.manifest_path)}".encode())
    return project


def _project_digest() -> str:
    """Hash of every file of the project that dbt reads, and of the versions that read it."""
    digest = hashlib.sha256(f"{version('dbt-core')} {version('dbt-duckdb')}".encode())
    for path in sorted(DBT_PROJECT.rglob("*")):
        if path.suffix in _READ_BY_DBT and path.relative_to(DBT_PROJECT).parts[0] not in ("target", "logs"):
            digest.update(str(path.relative_to(DBT_PROJECT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _written_at(path: Path) -> int | None:
    return path.stat().st_mtime_ns if path.exists() else None


def dbt_resource() -> DbtCliResource:
    """The resource `dbt`: the command line on this project. `start_dbt` tells it the lake."""
    return DbtCliResource(project_dir=dbt_project(), target="lake", dbt_executable=DBT)


def start_dbt(
    dbt: DbtCliResource,
    settings: Settings,
    command: Sequence[str],
    context: dg.AssetExecutionContext | None = None,
    nights: Sequence[date] = (),
) -> DbtCliInvocation:
    """Start dbt on the lake of `settings`, for all rows or those of `nights`. Where the lake is, and its secrets, go to
    that process alone."""
    named = {"COACHLAKE_DBT_NIGHTS": " ".join(night.isoformat() for night in nights)}
    with _environment(dbt_environment(settings) | named):
        started = dbt.cli(command, context=context, target_path=target_path(settings))
    note_dbt(settings, started.process.pid)
    return started


def dbt_command(*arguments: str) -> list[str]:
    """A dbt command on this project, to be run with `dbt_environment` added to the environment."""
    return [DBT, *arguments, "--project-dir", str(DBT_PROJECT)]


def dbt_environment(settings: Settings) -> dict[str, str]:
    """What `profiles.yml` and dbt itself read; none is a variable that our own settings read, so nothing leaks back.

    dbt's own logs and target stay under the working folder."""
    logs = settings.home / "dbt" / "logs"
    return {
        "COACHLAKE_DBT_CATALOG": settings.catalog,
        "COACHLAKE_DBT_DATA_PATH": settings.data_path,
        "COACHLAKE_DBT_EXTENSIONS": ",".join(required_extensions(settings)),
        "COACHLAKE_DBT_MEMORY": settings.duckdb_memory or "4GB",
        "COACHLAKE_DBT_MODULES": str(REPOSITORY),
        "COACHLAKE_DBT_SECRETS": json.dumps(storage_secrets(settings)),
        "COACHLAKE_DBT_SPILL": str(logs / "spill"),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_TARGET_PATH": str(target_path(settings)),
        "DBT_LOG_PATH": str(logs),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


def target_path(settings: Settings) -> Path:
    """Where dbt writes its artifacts and documentation."""
    return settings.home / "dbt" / "target"


def prepare_lake(settings: Settings) -> None:
    """Make sure that the lake and every raw table dbt reads are there."""
    with lake(settings) as connection:
        create_raw_tables(connection)


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Environment variables for the block; dagster-dbt copies them to the process it starts, and takes no others."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
