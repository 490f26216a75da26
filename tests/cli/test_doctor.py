"""`coachlake doctor` finds what is open, on real sockets and files."""

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coachlake.cli.app import app
from coachlake.cli.doctor.checks import ports, ray_access, sign_in
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
