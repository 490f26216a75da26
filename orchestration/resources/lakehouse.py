"""Where the lakehouse is: the environment's settings, overridable per deployment in Dagster's own configuration."""

import os
from dataclasses import asdict, fields

import dagster as dg
from pydantic import Field

from coachlake.settings import Settings, load_settings


class Lakehouse(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Locations and profile; a field left out is read from its COACHLAKE_* variable, else the embedded default.

    Every asset and check takes its places from here, the ones dbt builds too: what is set here moves all of them.
    """

    home: str | None = Field(default=None, description="Local working folder (COACHLAKE_HOME).")
    landing: str | None = Field(default=None, description="Folder calls arrive in, one sub-folder a night.")
    catalog: str | None = Field(default=None, description="DuckLake catalog: sqlite:<path> or postgres:<libpq>.")
    data_path: str | None = Field(default=None, description="Folder or URI of the lake's Parquet files.")
    staging: str | None = Field(default=None, description="Folder or URI every Ray worker can write.")
    rubrics: str | None = Field(default=None, description="Folder of rubric YAML files.")
    ray_address: str | None = Field(default=None, description="Address of a Ray cluster; none starts a local Ray.")
    model_profile: str | None = Field(default=None, description="Model profile: embedded, fast or gpu.")
    duckdb_memory: str | None = Field(default=None, description="Most memory of one DuckDB connection, as 4GB.")
    limits: dict[str, int] = Field(
        default={},
        description="Most that a call or a delivery may take, by name (COACHLAKE_<NAME>); see docs/settings.md.",
    )

    @classmethod
    def at(cls, settings: Settings) -> "Lakehouse":
        """The lakehouse of these settings, whatever the environment says (empty: the embedded default)."""
        given = {field.name: getattr(settings, field.name) for field in fields(Settings) if field.name != "limits"}
        places = {name: "" if value is None else str(value) for name, value in given.items()}
        return cls(**places, limits=asdict(settings.limits))

    def settings(self) -> Settings:
        """The settings in force."""
        given = {field.name: getattr(self, field.name) for field in fields(Settings) if field.name != "limits"}
        given |= {name: str(value) for name, value in self.limits.items()}
        named = {f"COACHLAKE_{name.upper()}": value for name, value in given.items() if value is not None}
        return load_settings(os.environ | named)
