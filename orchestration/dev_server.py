"""`dg dev` as it is, but for its webserver, which then checks whom a request is for (orchestration/web_server.py).

Dagster's page has no sign-in, and answers any Host header: a page on the web that rebinds its name to 127.0.0.1 could
start runs.
"""

import signal
from collections.abc import Sequence
from importlib import import_module
from typing import Any

_WEB_SERVER = ["-m", "dagster_webserver"]
_CHECKED = ["-m", "orchestration.web_server"]


def checked(command: Sequence[str]) -> list[str]:
    """The command, with our webserver in the place of Dagster's."""
    found = list(command)
    return [found[0], *_CHECKED, *found[3:]] if found[1:3] == _WEB_SERVER else found


def main() -> None:
    """Run `dg` with the arguments of this process.

    Dagster ends on SIGTERM as it does on SIGINT, and what a shell starts with `&` ignores that: only a kill would end
    it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    dagster_dev: Any = import_module("dagster._cli.dev")
    start = dagster_dev.open_ipc_subprocess

    def start_checked(command: Sequence[str], **arguments: Any) -> Any:
        return start(checked(command), **arguments)

    dagster_dev.open_ipc_subprocess = start_checked
    import_module("dagster_dg_cli.cli").main()


if __name__ == "__main__":
    main()
