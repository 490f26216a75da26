"""What has to be in place before Dagster runs: its home with our settings, the dbt project as it is, no telemetry."""

import os
from pathlib import Path

from coachlake.files import write_whole
from coachlake.settings import REPOSITORY, Settings
from coachlake.telemetry import TELEMETRY_OFF

_VARIABLES = {
    # As `dg` sets it for its own commands: the dbt project is parsed as it is now, not as it was when last built.
    "DAGSTER_IS_DEV_CLI": "1",
    **TELEMETRY_OFF,
}


def prepare_environment(settings: Settings) -> Path:
    """Set DAGSTER_HOME (unless it is set already) to `<home>/dagster` with our dagster.yaml; that folder.

    A dagster.yaml of an earlier version gives way to this one's; one that people wrote elsewhere is theirs.
    """
    os.environ.update(_VARIABLES)
    ours = settings.home / "dagster"
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(ours)))
    home.mkdir(parents=True, exist_ok=True)
    shipped, used = REPOSITORY / "orchestration" / "dagster.yaml", home / "dagster.yaml"
    if not used.exists() or (home == ours and used.read_bytes() != shipped.read_bytes()):
        write_whole(used, shipped.read_bytes())
    return home
