"""A model hub on this machine, speaking as much of the real one's HTTP as huggingface_hub asks for."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import unquote, urlsplit

from coachlake.models.profiles import load_hub_model
from coachlake.models.weights import verified_weight

_LARGE = 10_000_000  # from here on a file is kept as LFS, listed with its SHA-256
TOKEN = "hf_right"


@dataclass
class Hub:
    """`files`: (repository, revision) → path → content. What is asked for is kept in `asked`: (method, path, range)."""

    files: dict[tuple[str, str], dict[str, bytes]]
    needs_token: set[str] = field(default_factory=set)
    fails: set[str] = field(default_factory=set)  # files whose content is an error
    breaks_at: int | None = None  # bytes of a large file after which the connection ends, once
    holds_at: int | None = None  # bytes of a large file after which nothing more comes
    is_holding: Event = field(default_factory=Event)
    let_go: Event = field(default_factory=Event)
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    endpoint: str = ""

    def downloads(self) -> list[str]:
        """Names of the files that were asked for with their content."""
        return [path.rpartition("/")[2] for method, path, _ in self.asked if method == "GET" and "/resolve/" in path]

    def ranges(self) -> list[str]:
        """Every range that was asked for."""
        return [asked for _, _, asked in self.asked if asked]


def recogniser_files() -> dict[str, bytes]:
    """A whole small recogniser, as the hub's would be: the packaged tiny.en."""
    folder = verified_weight("whisper-tiny-en").parent
    names = ("config.json", "tokenizer.json", "vocabulary.txt", "model.bin")
    return {name: (folder / name).read_bytes() for name in names} | {"README.md": b"not asked for"}


def diarizer_files() -> dict[str, bytes]:
    """A pipeline's files in sub-folders, as pyannote's are."""
    return {"config.yaml": b"pipeline: {}\n", "plda/plda.npz": b"numbers", "segmentation/pytorch_model.bin": b"w" * 99}


@contextmanager
def served(**options: object) -> Iterator[Hub]:
    """The hub with both pinned models, as long as the block."""
    files = {}
    for name, content in (("large-v3-turbo", recogniser_files()), ("diarization-community-1", diarizer_files())):
        model = load_hub_model(name)
        files[model.repository, model.revision] = content
    hub = Hub(files, **options)  # type: ignore[arg-type]
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"hub": hub}))
    hub.endpoint = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hub
    finally:
        hub.let_go.set()
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_HEAD(self) -> None:
        self._answer(has_body=False)

    def do_GET(self) -> None:
        self._answer(has_body=True)

    def _answer(self, *, has_body: bool) -> None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        self.hub.asked.append((self.command, self.path, self.headers.get("Range")))
        is_api = parts[:2] == ["api", "models"]
        owner, name, verb, revision, *rest = parts[2:] if is_api else parts
        files = self.hub.files.get((f"{owner}/{name}", revision))
        if f"{owner}/{name}" in self.hub.needs_token and self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._send(403 if "Authorization" in self.headers else 401, b"", {"X-Error-Code": "GatedRepo"})
        elif files is None:
            self._send(404, b"", {"X-Error-Code": "RevisionNotFound"})
        elif is_api:
            answer = _tree(files) if verb == "tree" else {"id": f"{owner}/{name}", "sha": revision}
            self._send(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})
        else:
            self._file(files["/".join(rest)], revision, has_body=has_body)

    def _file(self, content: bytes, revision: str, *, has_body: bool) -> None:
        if has_body and self.path.rpartition("/")[2] in self.hub.fails:
            self._send(500, b"")
            return
        headers = {"ETag": f'"{_etag(content)}"', "X-Repo-Commit": revision, "Accept-Ranges": "bytes"}
        start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
        status = 206 if start else 200
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self._head(status, len(content) - start, headers)
        if has_body:
            self._body(content, start)

    def _body(self, content: bytes, start: int) -> None:
        is_large = len(content) > _LARGE
        if is_large and self.hub.breaks_at is not None:
            self.wfile.write(content[start : self.hub.breaks_at])
            self.hub.breaks_at, self.close_connection = None, True
        elif is_large and self.hub.holds_at is not None:
            self.wfile.write(content[start : self.hub.holds_at])
            self.hub.is_holding.set()
            self.hub.let_go.wait()
            self.close_connection = True
        else:
            self.wfile.write(content[start:])

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self._head(status, len(body), headers or {})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(length)}).items():
            self.send_header(name, value)
        self.end_headers()


def _tree(files: dict[str, bytes]) -> list[dict[str, object]]:
    folders = {path.rpartition("/")[0] for path in files} - {""}
    return [{"type": "directory", "path": folder, "oid": "0" * 40, "size": 0} for folder in sorted(folders)] + [
        {"type": "file", "path": path, "size": len(content), "oid": _git_hash(content)} | _lfs(content)
        for path, content in files.items()
    ]


def _lfs(content: bytes) -> dict[str, object]:
    if len(content) <= _LARGE:
        return {}
    return {"lfs": {"oid": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 134}}


def _etag(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest() if len(content) > _LARGE else _git_hash(content)


def _git_hash(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def change_a_byte(path: Path) -> None:
    """Flip the last byte of a file, its size and times as they were."""
    content, times = path.read_bytes(), path.stat()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
