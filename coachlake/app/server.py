"""The app's own server: Streamlit behind checks of host, origin and media, with sign-in where it is set up."""

from collections.abc import Sequence
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.web.server.starlette.starlette_app import App
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from coachlake.access.audit import note_access
from coachlake.access.known_hosts import KnownHosts
from coachlake.access.sign_in import read_sign_in
from coachlake.access.viewer import LOCAL, Viewer
from coachlake.app.media import MediaGuard, SignedMedia
from coachlake.app.serving import Serving, decide, serving
from coachlake.app.viewer import viewer, viewer_of_claims
from coachlake.settings import Settings, load_settings

_MAIN = Path(__file__).with_name("main.py")
_HEADERS = {
    b"content-security-policy": b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; "
    b"base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    b"referrer-policy": b"same-origin",
    b"x-content-type-options": b"nosniff",
}


def serve(settings: Settings, host: str, port: int, names: Sequence[str], *, is_open: bool) -> None:
    """Serve until stopped. `names`: the host names people reach it by. Raises SignInError before anything listens."""
    is_sign_in = settings.sign_in.exists()
    if is_sign_in:
        read_sign_in(settings.sign_in)
    decide(Serving(is_sign_in, is_open))
    app = _App(
        _MAIN,
        middleware=[
            Middleware(KnownHosts, names=names),
            Middleware(_Headers),
            Middleware(MediaGuard, viewer_of=viewer_of_request, refused=_note_refused),
        ],
    )
    app.run(
        config={
            "server.address": host,
            "server.port": port,
            "server.headless": True,
            "server.fileWatcherType": "none",
            "server.enableCORS": True,
            "server.enableXsrfProtection": True,
            "server.enableAgentApi": False,
            "browser.gatherUsageStats": False,
            "secrets.files": [str(settings.sign_in)] if is_sign_in else [],
        }
    )


def viewer_of_request(connection: HTTPConnection) -> Viewer | None:
    """Whose request it is, by the signed cookie that Streamlit's sign-in sets; None where it is nobody's."""
    if not serving().is_sign_in:
        return LOCAL
    cookie = _get_signed_cookie_with_chunks(dict(connection.cookies), USER_COOKIE_NAME)
    if not cookie:
        return None
    return viewer_of_claims(_parse_decoded_user_cookie(cookie, read_sign_in(load_settings().sign_in)["redirect_uri"]))


def _note_refused(who: Viewer | None, path: str) -> None:
    note_access(load_settings(), who, "listen", is_refused=True, detail=path)


class _App(App):
    """Streamlit's, with addresses of media that are signed for one person."""

    def _create_runtime(self) -> Runtime:
        runtime = super()._create_runtime()
        plain, store = runtime.media_file_mgr._storage, SignedMedia("/media", lambda: viewer().person)
        assert type(plain) is type(store).__bases__[0]
        runtime.media_file_mgr._storage = store
        return runtime


class _Headers:
    """ASGI middleware: what a browser is told about every answer. Nothing is fetched from another site."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [(name, value) for name, value in message.get("headers", []) if name.lower() not in _HEADERS]
                message = {**message, "headers": [*given, *_HEADERS.items()]}
            await send(message)

        await self._app(scope, receive, with_headers)
