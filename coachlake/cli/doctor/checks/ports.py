"""Ports of coachlake, Dagster and Ray that another machine reaches."""

from collections.abc import Iterator

import psutil

from coachlake.access.loopback import is_loopback
from coachlake.cli.doctor.finding import Finding
from coachlake.settings import Settings

# How the processes of this project are told from others on the machine.
_OURS = ("coachlake", "dagster", "streamlit", "gcs_server", "raylet", "ray::")


def check(settings: Settings) -> Iterator[Finding]:
    """Every listening socket of this project's processes, as far as this user may look."""
    is_any = False
    for process in psutil.process_iter(["name", "cmdline"]):
        words = " ".join([process.info["name"] or "", *(process.info["cmdline"] or [])])
        if not any(mark in words for mark in _OURS):
            continue
        try:
            sockets = process.net_connections(kind="inet")
        except (psutil.AccessDenied, psutil.NoSuchProcess):
            continue
        for socket in sockets:
            if socket.status == psutil.CONN_LISTEN and not is_loopback(socket.laddr.ip):
                is_any = True
                says = f"{process.info['name']} ({process.pid}) listens on {socket.laddr.ip} port {socket.laddr.port}"
                yield Finding("bad", f"{says}: close it with a firewall, or bind it to 127.0.0.1")
    if not is_any:
        yield Finding("good", "nothing of this project that runs now listens for other machines")
