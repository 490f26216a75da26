"""An address of a recording or download is for one person, for a while, and for that file."""

import asyncio
from typing import Any

import pytest

from coachlake.access.viewer import LOCAL, Role, Viewer
from coachlake.app.media import MediaGuard, may_open, signed

ANN = Viewer("ann@centre.example", frozenset({Role.REP}), rep_id="ann")
_FILE = "/media/0f3a.wav"


def _parts(url: str) -> tuple[str, str]:
    path, _, query = url.partition("?")
    return path, query


def test_the_person_it_was_made_for_opens_it_until_it_ends() -> None:
    path, query = _parts(signed(_FILE, ANN.person, now_s=7300))
    assert path == _FILE
    assert may_open(path, query, ANN.person, now_s=7300)
    assert may_open(path, query, ANN.person, now_s=14_399)
    assert not may_open(path, query, ANN.person, now_s=14_400)
    assert signed(_FILE, ANN.person, now_s=7300) == signed(_FILE, ANN.person, now_s=10_000), "what plays goes on"


@pytest.mark.parametrize(
    "change",
    [
        lambda path, query: (path, query, "bob@centre.example"),
        lambda path, query: (path, query, ""),
        lambda path, query: ("/media/0f3b.wav", query, ANN.person),
        lambda path, query: (path, query.replace("until=14400", "until=99999999999"), ANN.person),
        lambda path, query: (path, "until=99999999999", ANN.person),
        lambda path, query: (path, "", ANN.person),
        lambda path, query: (path, query.replace("until=14400", "until=²"), ANN.person),
        lambda path, query: (path, query[:-1], ANN.person),
    ],
)
def test_nothing_else_opens_it(change: Any) -> None:
    path, query = _parts(signed(_FILE, ANN.person, now_s=7300))
    assert not may_open(*change(path, query), now_s=7300)


def test_every_request_is_checked_and_each_refused_one_is_noted() -> None:
    noted: list[Any] = []

    def status(viewer: Viewer | None, url: str, *headers: tuple[bytes, bytes]) -> int:
        async def served(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 206, "headers": []})

        sent: list[dict[str, Any]] = []

        async def send(message: Any) -> None:
            sent.append(message)

        path, query = _parts(url)
        scope = {"type": "http", "path": path, "query_string": query.encode(), "headers": list(headers)}
        guard = MediaGuard(served, lambda _: viewer, lambda who, of: noted.append((who, of)))
        asyncio.run(guard(scope, None, send))  # type: ignore[arg-type]
        return int(sent[0]["status"])

    mine = signed(_FILE, ANN.person)
    a_range = (b"range", b"bytes=1000-2000")
    assert status(ANN, mine, a_range) == 206
    assert not noted
    bob = Viewer("bob@centre.example", frozenset({Role.REP}), rep_id="bob")
    for viewer in (bob, None, LOCAL):
        assert status(viewer, mine, a_range) == 403
    assert status(ANN, _FILE) == 403
    assert noted == [(bob, _FILE), (None, _FILE), (LOCAL, _FILE), (ANN, _FILE)]
    assert status(LOCAL, signed(_FILE, LOCAL.person), a_range) == 206
