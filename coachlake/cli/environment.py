"""What has to be in place before Dagster runs: its home with our settings, the dbt project as it is, no telemetry."""

import os
import shutil
from pathlib import Path

from coachlake.settings import REPOSITORY, Settings
from coachlake.telemetry import TELEMETRY_OFF

_VARIABLES = {
    # As `dg` sets it for its own commands: the dbt project is parsed as it is now, not as it was when last built.
    "DAGSTER_IS_DEV_CLI": "1",
    **TELEMETRY_OFF,
}


def prepare_environment(settings: Settings) -> Path:
    """Set DAGSTER_HOME (unless it is set already) to `<home>/dagster` with our dagster.yaml; that folder."""
    os.environ.update(_VARIABLES)
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(settings.home / "dagster")))
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        shutil.copyfile(REPOSITORY / "orchestration" / "dagster.yaml", home / "dagster.yaml")
    return home
