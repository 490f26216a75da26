"""`coachlake doctor` finds what is open, missing or wrong, on real sockets, files and programs."""

import shutil
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coachlake.cli.app import app
from coachlake.cli.doctor.checks import disk, gpu, memory, models, ports, ray_access, sign_in
from coachlake.settings import Settings, load_settings

_CLIENT = """
[auth]
redirect_uri = "https://coach.example/oauth2callback"
cookie_secret = "{secret}"
client_id = "a"
client_secret = "b"
server_metadata_url = "https://id.example/.well-known/openid-configuration"
"""


def _client(settings: Settings, secret: str = "x" * 32, mode: int = 0o600) -> None:
    settings.sign_in.parent.mkdir(parents=True)
    settings.sign_in.write_text(_CLIENT.format(secret=secret), encoding="utf-8")
    settings.sign_in.chmod(mode)


def test_the_default_set_up_is_closed(empty_settings: Settings) -> None:
    done = CliRunner().invoke(app, ["doctor"], catch_exceptions=False)
    assert "no sign-in" in done.output
    assert "each run starts a Ray of its own on 127.0.0.1" in done.output


def test_an_open_port_is_named(empty_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    import psutil

    monkeypatch.setattr(ports, "_OURS", (psutil.Process().name(),))
    with socket.socket() as opened:
        opened.bind(("0.0.0.0", 0))
        opened.listen()
        port = opened.getsockname()[1]
        bad = [finding.says for finding in ports.check(empty_settings) if finding.state == "bad"]
        assert any(f"0.0.0.0 port {port}" in says for says in bad)
    assert not any(f"port {port}" in finding.says for finding in ports.check(empty_settings))


def test_a_cluster_without_token_or_with_one_others_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings({"COACHLAKE_HOME": str(tmp_path), "COACHLAKE_RAY_ADDRESS": "192.0.2.1:6379"})
    token = tmp_path / "token"
    monkeypatch.setenv("RAY_AUTH_TOKEN_PATH", str(token))
    monkeypatch.delenv("RAY_AUTH_MODE", raising=False)
    assert [finding.state for finding in ray_access.check(settings)] == ["note", "bad"]
    token.write_text("secret")
    token.chmod(0o644)
    assert [finding.state for finding in ray_access.check(settings)] == ["note", "bad"]
    token.chmod(0o600)
    assert [finding.state for finding in ray_access.check(settings)] == ["note", "good"]
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    assert [finding.state for finding in ray_access.check(settings)] == ["bad", "note"]


def test_sign_in_that_could_be_guessed_or_read(empty_settings: Settings) -> None:
    _client(empty_settings, secret="short", mode=0o644)
    said = [finding.says for finding in sign_in.check(empty_settings) if finding.state == "bad"]
    assert any("could be guessed" in says for says in said)
    assert any("chmod 600" in says for says in said)
    assert any("nobody has a role" in says for says in said)


def test_a_role_that_gives_nothing_is_named(empty_settings: Settings) -> None:
    _client(empty_settings)
    empty_settings.people.write_text('[people."a@b.example"]\nroles = ["rep", "coach"]\n', encoding="utf-8")
    empty_settings.people.chmod(0o600)
    bad = [finding.says for finding in sign_in.check(empty_settings) if finding.state == "bad"]
    assert bad == [
        "a@b.example is a rep without rep_id: they see nothing",
        "a@b.example is a coach without teams: they see nothing",
    ]


def _programs(folder: Path, monkeypatch: pytest.MonkeyPatch, nvidia_smi: str) -> None:
    """A PATH whose nvidia-smi says this."""
    folder.mkdir()
    program = folder / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{nvidia_smi}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_a_machine_without_a_gpu_is_fine_for_a_profile_that_needs_none(
    empty_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [found.state for found in gpu.check(replace(empty_settings, model_profile="embedded"))] == ["good"]


def test_a_driver_that_finds_no_gpu_is_told_with_what_to_do(
    empty_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _programs(tmp_path / "bin", monkeypatch, "echo 'No devices were found' >&2; exit 6")
    settings = replace(empty_settings, model_profile="gpu")
    assert "nvidia-smi lists none: install NVIDIA's driver" in next(gpu.check(settings)).says
    on_cluster = replace(settings, ray_address="192.0.2.1:6379")
    assert [found.state for found in gpu.check(on_cluster)] == ["note"]


def test_gpus_are_named_as_nvidia_smi_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _programs(tmp_path / "bin", monkeypatch, "echo 'NVIDIA L4, 570.86.15, 23034 MiB'")
    assert gpu.gpus() == ["NVIDIA L4, driver 570.86.15, 23034 MiB"]


def test_a_library_loads_or_does_not() -> None:
    assert gpu.is_loadable("libc.so.6")
    assert not gpu.is_loadable("libcublas.so.0")


def test_models_are_here_or_named_with_the_command_that_brings_them(
    empty_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACHLAKE_MODELS", str(tmp_path / "models"))
    assert [found.state for found in models.check(replace(empty_settings, model_profile="fast"))] == ["good"]
    says = [found.says for found in models.check(replace(empty_settings, model_profile="gpu"))]
    assert any("coachlake models fetch --profile gpu" in said for said in says)
    assert any("first accept its terms, licence CC-BY-4.0" in said for said in says)
    (unknown,) = models.check(replace(empty_settings, model_profile="none"))
    assert (unknown.state, "there is no profile none" in unknown.says) == ("bad", True)


def test_memory_and_disk_are_measured_here(empty_settings: Settings) -> None:
    (found,) = memory.check(empty_settings)
    assert "GB of memory" in found.says
    room = next(disk.check(empty_settings))
    free = shutil.disk_usage(empty_settings.home.parent).free / 1e9
    assert float(room.says.partition(" ")[0]) == pytest.approx(free, abs=1.0)
    assert not empty_settings.home.exists()
