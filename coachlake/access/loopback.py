"""Whether an address is this machine's own."""

from ipaddress import IPv6Address, ip_address


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on `host`, a name or an address; False for a name but localhost.

    An IPv4 address written as IPv6 (`::ffff:127.0.0.1`) is what it stands for.
    """
    if host == "localhost":
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return (mapped or found).is_loopback
