"""Past one machine by configuration alone: a Ray cluster's address, a PostgreSQL catalog, files on an S3 store."""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import fsspec
import pytest

from coachlake.cli.demo import gold_folder
from coachlake.cli.run import run_nightly
from coachlake.landing.night_folder import landed_nights
from coachlake.settings import Settings, load_settings
from demonstration.write import write_demo
from tests.reading import rows

NIGHT = date(2026, 11, 23)
RAY = [str(Path(sys.executable).with_name("ray"))]


@pytest.fixture
def ray_cluster(object_store: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a Ray cluster that was started by somebody else: one node, its workers in its own environment.

    It asks for a token, which this process has as any client of the cluster has it.
    """
    monkeypatch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
    monkeypatch.delenv("RAY_AUTH_MODE", raising=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = ["start", "--head", f"--port={port}", "--num-cpus=2", "--include-dashboard=false", "--disable-usage-stats"]
    environ = os.environ | {"RAY_AUTH_MODE": "token"}
    # In the foreground: it ends with its process, and no other Ray of this machine with it.
    head = subprocess.Popen([*RAY, *start, "--block"], env=environ, text=True, stdout=subprocess.PIPE)
    assert head.stdout is not None
    assert any("Ray runtime started" in line for line in head.stdout)
    yield f"127.0.0.1:{port}"
    head.terminate()
    head.communicate(timeout=60)


@pytest.fixture
def cluster_settings(
    object_store: str, postgres: str, ray_cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Settings of a centre that keeps nothing but its landing zone on this machine's disk."""
    for name, value in {
        "HOME": str(tmp_path / "home"),
        "CATALOG": f"postgres:{postgres}",
        "DATA_PATH": f"{object_store}/lake",
        "STAGING": f"{object_store}/staging",
        "RAY_ADDRESS": ray_cluster,
    }.items():
        monkeypatch.setenv(f"COACHLAKE_{name}", value)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home" / "dagster"))
    return load_settings()


def test_nights_on_a_cluster_are_scored_and_published(cluster_settings: Settings) -> None:
    settings = cluster_settings
    write_demo(Path(settings.landing), gold_folder(settings), NIGHT, history_calls=4, spoken_calls=1)
    nights = landed_nights(settings)
    assert run_nightly(settings, nights[0], nights[-1])

    assert ("scored", 5) in rows(settings, "SELECT status, count(*) FROM lake.published.calls GROUP BY 1")
    store = fsspec.filesystem("s3")
    assert any("/raw/turns/" in file for file in store.find("coachlake/lake")), "the lake's files are on the store"
    assert store.find("coachlake/staging/scored"), "workers staged their rows there"
    assert not (settings.home / "lake").exists(), "nothing of the lake is on this machine"
