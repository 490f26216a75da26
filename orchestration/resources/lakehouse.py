"""Where the lakehouse is: what the environment of the process says, never what a run is told."""

from dataclasses import dataclass

from coachlake.settings import Settings, load_settings


@dataclass(frozen=True)
class Lakehouse:
    """Locations and profile of a deployment. Every asset and check takes its places from here, those dbt builds too.

    Plain, not configurable: a run's configuration comes from whoever reaches Dagster's page, and would else decide
    which folders are written.
    """

    given: Settings | None = None  # None: what the environment says when it is asked

    def settings(self) -> Settings:
        """The settings in force."""
        return self.given or load_settings()
