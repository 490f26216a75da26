"""A run's Ray: nothing of it can be reached from outside, and nobody without its token runs code on it."""

import os
import socket
import subprocess
import sys

import psutil
import pytest

from coachlake.settings import REPOSITORY
from ray_jobs.cluster import ray_session
from tests.network.listening import listening, open_to_the_network

_INTRUDER = """
import ray
ray.init(address="{address}", logging_level="ERROR", log_to_driver=False)
print("in", ray.get(ray.remote(lambda: "ran").remote()))
"""


def _intrude(address: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Connect as another process would that was given no token."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    return subprocess.run(
        [sys.executable, "-c", _INTRUDER.format(address=address)],
        env=clean | environ, capture_output=True, text=True, timeout=120, check=False, cwd=REPOSITORY,
    )  # fmt: skip


def test_a_local_ray_listens_on_loopback_and_asks_for_a_token() -> None:
    import ray

    with ray_session(None):
        sockets = list(listening())
        assert {name for name, _, _ in sockets} >= {"gcs_server", "raylet"}
        assert open_to_the_network() == []
        address = ray.get_runtime_context().gcs_address
        for mode in ({"RAY_AUTH_MODE": "disabled"}, {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "0" * 64}):
            # Without the last one Ray's own client looks for the address from outside, where nobody listens.
            done = _intrude(address, RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER="0", **mode)
            assert done.returncode != 0
            assert "in ran" not in done.stdout
            assert "uthenticat" in done.stderr
    assert "RAY_AUTH_TOKEN" not in os.environ


def test_the_token_of_one_session_is_not_that_of_the_next() -> None:
    tokens = []
    for _ in range(2):
        with ray_session(None):
            tokens.append(os.environ["RAY_AUTH_TOKEN"])
    assert len(set(tokens)) == 2


def test_its_outside_address_answers_nobody() -> None:
    outside = [
        address.address
        for addresses in psutil.net_if_addrs().values()
        for address in addresses
        if address.family.name == "AF_INET" and not address.address.startswith("127.")
    ]
    if not outside:
        pytest.skip("this machine has no address but loopback")
    with ray_session(None):
        port = next(port for name, _, port in listening() if name == "gcs_server")
        with socket.socket() as knock:
            knock.settimeout(5)
            assert knock.connect_ex((outside[0], port)) != 0
