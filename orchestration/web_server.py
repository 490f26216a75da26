"""Dagster's webserver behind a check of host and origin. Takes the same arguments."""

import os
from importlib import import_module
from typing import Any

from coachlake.access.known_hosts import KnownHosts


def main() -> None:
    """Run it. COACHLAKE_HOST_NAMES: names people reach it by, besides localhost and addresses, with commas."""
    webserver: Any = import_module("dagster_webserver.cli")
    create = webserver.create_app_from_workspace_process_context

    def create_checked(*arguments: Any, **named: Any) -> KnownHosts:
        names = filter(None, os.environ.get("COACHLAKE_HOST_NAMES", "").split(","))
        return KnownHosts(create(*arguments, **named), names)

    webserver.create_app_from_workspace_process_context = create_checked
    webserver.cli(auto_envvar_prefix="DAGSTER_WEBSERVER")


if __name__ == "__main__":
    main()
