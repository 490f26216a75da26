"""One step of the scale benchmark in a process of its own: check the marts of a night, publish and export them."""

import sys
from datetime import date, timedelta

from coachlake.lake.connection import lake
from coachlake.lake.publish import export_parquet, publish
from coachlake.settings import load_settings
from data_quality import check_marts
from orchestration.defs.publishing.published import documented_marts


def main() -> None:
    """Check, publish and export for the night given."""
    settings, night, marts = load_settings(), date.fromisoformat(sys.argv[1]), documented_marts()
    with lake(settings, read_only=True) as connection:
        failed = [row.name for row in check_marts(connection, [night]) if not row.is_success]
    print("failed checks:", failed, flush=True)
    publish(settings, marts)
    export_parquet(settings, settings.home / "published", marts, since=night - timedelta(days=60))


if __name__ == "__main__":
    main()
