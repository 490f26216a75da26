"""The dbt project, run on the same lake as everything else."""

import os
from pathlib import Path

from ray_jobs.lake.connection import connect, create_raw_tables, required_extensions
from ray_jobs.settings import REPOSITORY, Settings

DBT_PROJECT = REPOSITORY / "dbt_project"


def dbt_environment(settings: Settings) -> dict[str, str]:
    """Environment variables `profiles.yml` reads. dbt's own logs and target stay under the working folder."""
    return {
        "COACHLAKE_CATALOG": settings.catalog,
        "COACHLAKE_DATA_PATH": settings.data_path,
        "COACHLAKE_EXTENSIONS": ",".join(required_extensions(settings)),
        "COACHLAKE_REPOSITORY": str(REPOSITORY),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_TARGET_PATH": str(target_path(settings)),
        "DBT_LOG_PATH": str(settings.home / "dbt" / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


def target_path(settings: Settings) -> Path:
    """Where dbt writes its artifacts and documentation."""
    return settings.home / "dbt" / "target"


def prepare_dbt(settings: Settings) -> None:
    """Set dbt's environment, and make sure that the lake, its raw tables and DuckDB's extensions are there."""
    os.environ.update(dbt_environment(settings))
    connection = connect(settings)
    create_raw_tables(connection)
    connection.close()
