"""DNS rebinding and requests from other sites' pages: what a browser sends then is answered by nothing."""

import asyncio
from typing import Any

import pytest

from coachlake.access.known_hosts import KnownHosts


async def _served(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})


def _answer(host: str | None, origin: str | None = None, kind: str = "http") -> Any:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(name, value.encode()) for name, value in ((b"host", host), (b"origin", origin)) if value is not None]
    scope = {"type": kind, "headers": headers}
    asyncio.run(KnownHosts(_served, ["Coach.Example."])(scope, None, send))  # type: ignore[arg-type]
    return sent[0].get("status", sent[0]["type"])


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501", "192.0.2.7", "coach.example:443"]
)
def test_its_own_hosts_are_answered(host: str) -> None:
    assert _answer(host) == 200
    assert _answer(host, f"http://{host}") == 200
    assert _answer(host, f"http://{host}", "websocket") == "websocket.accept"


@pytest.mark.parametrize(
    "host",
    [
        None, "", "rebound.example", "rebound.example:8501", "coach.example.rebound.example",
        "127.0.0.1.rebound.example", "localhost.rebound.example", "user@localhost",
        "localhost/path", "localhost:port", "[::1", "2130706433",
    ],
)  # fmt: skip
def test_no_other_host_is(host: str | None) -> None:
    assert _answer(host) == 421
    assert _answer(host, kind="websocket") == "websocket.close"


@pytest.mark.parametrize(
    "origin", ["http://elsewhere.example", "null", "http://127.0.0.1:9999", "http://localhost:8501", "file://"]
)
def test_no_other_origin_is(origin: str) -> None:
    assert _answer("127.0.0.1:8501", origin) == 403
    assert _answer("127.0.0.1:8501", origin, "websocket") == "websocket.close"
