"""What `coachlake app` and `coachlake dev` open: loopback alone, for this machine's own names alone."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coachlake.settings import REPOSITORY, Settings
from tests.app.conftest import free_port
from tests.network.listening import listening, open_to_the_network

_LAUNCH = "mutation { launchRun(executionParams: {}) { __typename } }"


@contextmanager
def _running(settings: Settings, verb: str, ready: str) -> Iterator[tuple[int, int]]:
    """`coachlake app` or `dev` on a lake; its process and port once `ready` answers."""
    port, log = free_port(), settings.home.parent / f"{verb}.log"
    environ = os.environ | {"COACHLAKE_HOME": str(settings.home), "PYTHONPATH": str(REPOSITORY)}
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "coachlake.cli", verb, "--port", str(port)],
            env=environ, stdout=out, stderr=out, cwd=REPOSITORY,
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}{ready}", server, log)
            yield server.pid, port
        finally:
            server.terminate()
            server.wait(timeout=300)  # a busy machine takes its time


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(3000):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)  # polling for a process to come up
    pytest.fail(f"it did not come up:\n{log.read_text()}")


def _status(port: int, path: str, body: bytes | None = None, **headers: str) -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_app_is_for_this_machine(empty_settings: Settings) -> None:
    empty_settings.home.mkdir(parents=True)
    with _running(empty_settings, "app", "/_stcore/health") as (pid, port):
        assert port in {number for _, _, number in listening(pid)}
        assert open_to_the_network(pid) == []
        assert _status(port, "/") == 200
        for path in ("/", "/_stcore/host-config", "/media/x.wav"):
            assert _status(port, path, Host="rebound.example") == 421
            assert _status(port, path, Origin="http://elsewhere.example") == 403


def test_dagster_is_for_this_machine(empty_settings: Settings) -> None:
    empty_settings.home.mkdir(parents=True)
    with _running(empty_settings, "dev", "/server_info") as (pid, port):
        found = list(listening(pid))
        assert port in {number for _, _, number in found}
        assert open_to_the_network(pid) == []
        launch, kind = json.dumps({"query": _LAUNCH}).encode(), "application/json"
        assert _status(port, "/graphql", b'{"query": "{ version }"}', **{"Content-Type": kind}) == 200
        assert _status(port, "/graphql", launch, **{"Content-Type": kind, "Host": "rebound.example"}) == 421
        assert _status(port, "/graphql", launch, **{"Content-Type": kind, "Origin": "http://elsewhere.example"}) == 403


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com"])
def test_calls_are_not_opened_to_the_network_without_sign_in(empty_settings: Settings, host: str) -> None:
    from typer.testing import CliRunner

    from coachlake.cli.app import app

    done = CliRunner().invoke(app, ["app", "--host", host])
    assert done.exit_code == 2
    assert "Not opened to the network" in done.output
