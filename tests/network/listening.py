"""What a process and those it started listen on."""

from collections.abc import Iterator
from ipaddress import ip_address

import psutil


def listening(pid: int | None = None) -> Iterator[tuple[str, str, int]]:
    """(process name, address, port) of every listening TCP and bound UDP socket of `pid` (or this one) and below."""
    top = psutil.Process(pid)
    for process in [top, *top.children(recursive=True)]:
        try:
            found = process.net_connections(kind="inet")
        except psutil.NoSuchProcess:
            continue
        for socket in found:
            # A UDP socket that has a peer only answers it.
            if socket.status == psutil.CONN_LISTEN or (socket.type == 2 and not socket.raddr):
                yield process.name(), socket.laddr.ip, socket.laddr.port


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches it; an IPv4 address written as IPv6 is what it stands for."""
    found = ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)


def open_to_the_network(pid: int | None = None) -> list[tuple[str, str, int]]:
    """Those that another machine could reach."""
    return [one for one in listening(pid) if not is_loopback(one[1])]
