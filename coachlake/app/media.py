"""Addresses of recordings and downloads: signed for one person, for an hour or two, checked on every request.

Streamlit serves what a page shows or offers under /media/<hash of its content>, to whoever asks. Here such an address
carries a signature over the file, the person it was made for and the time it ends; each request, of a range too, must
bring that person's own sign-in.
"""

import hmac
import secrets
import time
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import parse_qs

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from coachlake.access.known_hosts import refuse
from coachlake.access.viewer import Viewer

_KEY = secrets.token_bytes(32)  # of this process, as the files are: both end with it
_PERIOD_S = 3600  # an address made again within it is the same, so that what plays goes on playing


def signed(url: str, person: str, now_s: float | None = None) -> str:
    """`url` (/media/<file>) with what lets `person` open it: from now to the end of the next whole hour."""
    ends = (int(now_s if now_s is not None else time.time()) // _PERIOD_S + 2) * _PERIOD_S
    return f"{url}?until={ends}&for={_signature(url, person, ends)}"


def may_open(path: str, query: str, person: str, now_s: float | None = None) -> bool:
    """Whether the address was made for `person` and has not ended."""
    given = parse_qs(query)
    until, signature = given.get("until", [""])[0], given.get("for", [""])[0]
    if not (until.isascii() and until.isdigit()) or int(until) <= (now_s if now_s is not None else time.time()):
        return False
    return hmac.compare_digest(_signature(path, person, int(until)), signature)


def _signature(path: str, person: str, ends: int) -> str:
    return hmac.new(_KEY, f"{path}\n{person}\n{ends}".encode(), sha256).hexdigest()


class SignedMedia(MemoryMediaFileStorage):
    """Streamlit's store of media, whose addresses are signed for the viewer of the page being made."""

    def __init__(self, endpoint: str, whose: Callable[[], str]) -> None:
        super().__init__(endpoint)
        self._whose = whose

    def get_url(self, file_id: str) -> str:
        """The signed address. Raises NoViewerError where nobody looks."""
        return signed(super().get_url(file_id), self._whose())


class MediaGuard:
    """ASGI middleware: /media/ is answered to the person an address was made for, and to nobody else."""

    def __init__(
        self,
        app: ASGIApp,
        viewer_of: Callable[[HTTPConnection], Viewer | None],
        refused: Callable[[Viewer | None, str], None],
    ) -> None:
        self._app, self._viewer_of, self._refused = app, viewer_of, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to anybody else, and have the try written down."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith("/media/"):
            viewer = self._viewer_of(HTTPConnection(scope))
            query = scope.get("query_string", b"").decode("latin-1")
            if viewer is None or not may_open(path, query, viewer.person):
                self._refused(viewer, path)
                await refuse(scope, send, 403, "This address was not made for you, or has ended.")
                return
        await self._app(scope, receive, send)
