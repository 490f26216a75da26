"""What has to be in place before Dagster runs: its home with our settings, and no telemetry anywhere."""

import os
import shutil
from pathlib import Path

from coachlake.settings import REPOSITORY, Settings

_QUIET = {
    "GX_ANALYTICS_ENABLED": "false",
    "RAY_USAGE_STATS_ENABLED": "0",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
}


def prepare_environment(settings: Settings) -> Path:
    """Set DAGSTER_HOME (unless it is set already) to `<home>/dagster` with our dagster.yaml; that folder."""
    os.environ.update(_QUIET)
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(settings.home / "dagster")))
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        shutil.copyfile(REPOSITORY / "orchestration" / "dagster.yaml", home / "dagster.yaml")
    return home
