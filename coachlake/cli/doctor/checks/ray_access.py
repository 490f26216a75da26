"""Who may run code on Ray: nobody but a run for a local one; for a cluster whoever has the token it asks for."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from coachlake.cli.doctor.finding import Finding
from coachlake.settings import Settings

_PORTS = "its ports (6379, 8265, 10001 and 10002 to 19999 unless set) are for its own machines alone"


def check(settings: Settings) -> Iterator[Finding]:
    """The mode and token file of a cluster, where one is named."""
    if settings.ray_address is None:
        yield Finding("good", "each run starts a Ray of its own on 127.0.0.1, with a token that nobody is told")
        return
    mode = os.environ.get("RAY_AUTH_MODE", "token")
    if mode != "token":
        yield Finding("bad", f"RAY_AUTH_MODE={mode}: whoever reaches {settings.ray_address} runs code on it")
    yield Finding("note", f"the cluster at {settings.ray_address}: {_PORTS}")
    if mode == "token" and "RAY_AUTH_TOKEN" not in os.environ:
        yield _token_file()


def _token_file() -> Finding:
    path = Path(os.environ.get("RAY_AUTH_TOKEN_PATH") or Path.home() / ".ray" / "auth_token")
    if not path.exists():
        return Finding("bad", f"no token: RAY_AUTH_TOKEN and RAY_AUTH_TOKEN_PATH are not set and {path} is not there")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("bad", f"others on this machine read the token in {path}: chmod 600")
    return Finding("good", f"the token in {path} is for this user alone")
