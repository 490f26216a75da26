"""Which version of the models the lake's marts were built by."""

import hashlib
from datetime import UTC, datetime

import pyarrow as pa

from coachlake.lake.connection import lake
from coachlake.lake.tables import MART_BUILDS
from coachlake.lake.writer import upsert
from coachlake.settings import Settings
from orchestration.resources.dbt import DBT_PROJECT

_FOLDERS = ("models", "macros", "seeds", "statistics")


def project_sha256() -> str:
    """Hash of everything the marts' rows depend on: models, macros, seeds and the project's own settings."""
    digest = hashlib.sha256()
    files = (path for folder in _FOLDERS for path in (DBT_PROJECT / folder).rglob("*"))
    for path in sorted(path for path in files if path.suffix in (".sql", ".csv", ".py")):
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
