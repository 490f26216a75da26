"""Requests for another host, and from another site's page, are refused before anything answers them.

A page on the web can give its own name the address 127.0.0.1 (DNS rebinding) and then talk to a local service as to
itself: the name in the Host header gives it away. A page that talks to a service under the service's name is given away
by its Origin header.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]


class KnownHosts:
    """ASGI middleware that lets through requests for `names`, `localhost` or a literal address, from no other origin.

    A literal address cannot be rebound: the browser went where it says.
    """

    def __init__(self, app: AsgiApp, names: Iterable[str] = ()) -> None:
        self._app = app
        self._names = {"localhost", *(name.casefold().rstrip(".") for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 421 to another host, 403 to another origin; a websocket is closed before it opens."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = headers.get(b"host", ""), headers.get(b"origin")
        if not self.is_known(host):
            await refuse(scope, send, 421, "This host is not served here.")
        elif origin is not None and urlsplit(origin).netloc.casefold() != host.casefold():
            await refuse(scope, send, 403, "This origin may not ask.")
        else:
            await self._app(scope, receive, send)

    def is_known(self, host: str) -> bool:
        """Whether a Host header names this service."""
        try:
            parsed = urlsplit(f"//{host}")
            name, _ = (parsed.hostname or "").rstrip("."), parsed.port
        except ValueError:
            return False
        return parsed.netloc == host and "@" not in host and (name in self._names or _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


async def refuse(scope: Scope, send: Send, status: int, why: str) -> None:
    """Answer with this status; a websocket is closed before it opens."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": why})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": why.encode()})
