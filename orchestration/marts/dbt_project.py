"""The dbt project, run on the same lake as everything else."""

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from coachlake.lake.connection import connect, create_raw_tables, lake, required_extensions, storage_secrets
from coachlake.lake.tables import MART_BUILDS
from coachlake.lake.writer import upsert
from coachlake.settings import REPOSITORY, Settings

DBT_PROJECT = REPOSITORY / "dbt_project"


def dbt_environment(settings: Settings) -> dict[str, str]:
    """Environment variables `profiles.yml` reads; none is one that our own settings read, so nothing leaks back.

    dbt's own logs and target stay under the working folder."""
    return {
        "COACHLAKE_DBT_CATALOG": settings.catalog,
        "COACHLAKE_DBT_DATA_PATH": settings.data_path,
        "COACHLAKE_DBT_EXTENSIONS": ",".join(required_extensions(settings)),
        "COACHLAKE_DBT_SECRETS": json.dumps(storage_secrets(settings)),
        "COACHLAKE_REPOSITORY": str(REPOSITORY),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_TARGET_PATH": str(target_path(settings)),
        "DBT_LOG_PATH": str(settings.home / "dbt" / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


def target_path(settings: Settings) -> Path:
    """Where dbt writes its artifacts and documentation."""
    return settings.home / "dbt" / "target"


def project_sha256() -> str:
    """Hash of everything the marts' rows depend on: models, macros, seeds and the project's own settings."""
    digest = hashlib.sha256()
    for path in sorted(p for p in DBT_PROJECT.rglob("*") if p.suffix in (".sql", ".csv", ".py")):
        digest.update(path.relative_to(DBT_PROJECT).as_posix().encode() + path.read_bytes())
    digest.update((DBT_PROJECT / "dbt_project.yml").read_bytes())
    return digest.hexdigest()


def built_by_these_models(settings: Settings) -> bool:
    """Whether the lake's marts come from the models as they are now; rows of others do not mix with them."""
    with lake(settings, read_only=True) as connection:
        newest = connection.execute(
            "SELECT project_sha256 FROM lake.raw.mart_builds ORDER BY built_at DESC LIMIT 1"
        ).fetchone()
    return newest is not None and newest[0] == project_sha256()


def record_build(settings: Settings) -> None:
    """Note that the marts have been built by the models as they are now."""
    build = {"project_sha256": project_sha256(), "built_at": datetime.now(UTC)}
    upsert(settings, "mart_builds", pa.Table.from_pylist([build], schema=MART_BUILDS))


def prepare_dbt(settings: Settings) -> None:
    """Set dbt's environment, and make sure that the lake, its raw tables and DuckDB's extensions are there."""
    os.environ.update(dbt_environment(settings))
    connection = connect(settings)
    create_raw_tables(connection)
    connection.close()
