"""Where the lakehouse is: the environment's settings, overridable per deployment in Dagster's own configuration."""

import os

import dagster as dg
from pydantic import Field

from coachlake.settings import Settings, load_settings


class Lakehouse(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Locations and profile; a field left out is read from its COACHLAKE_* variable, else the embedded default."""

    home: str | None = Field(default=None, description="Local working folder (COACHLAKE_HOME).")
    landing: str | None = Field(default=None, description="Folder calls arrive in, one sub-folder a night.")
    catalog: str | None = Field(default=None, description="DuckLake catalog: sqlite:<path> or postgres:<libpq>.")
    data_path: str | None = Field(default=None, description="Folder or URI of the lake's Parquet files.")
    staging: str | None = Field(default=None, description="Folder or URI every Ray worker can write.")
    rubrics: str | None = Field(default=None, description="Folder of rubric YAML files.")
    ray_address: str | None = Field(default=None, description="Address of a Ray cluster; none starts a local Ray.")
    model_profile: str | None = Field(default=None, description="Model profile: embedded, fast or gpu.")

    def settings(self) -> Settings:
        """The settings in force."""
        fields = ("home", "landing", "catalog", "data_path", "staging", "rubrics", "ray_address", "model_profile")
        given = {f"COACHLAKE_{name.upper()}": getattr(self, name) for name in fields if getattr(self, name)}
        return load_settings(dict(os.environ) | given)
