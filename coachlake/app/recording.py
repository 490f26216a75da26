"""Where a call's recording is, and whether it may be served: only files inside the landing zone are."""

from pathlib import Path
from posixpath import normpath
from typing import Any

import streamlit as st

from coachlake.app.data import query_now, settings


def recording(call_id: str, batch_date: str) -> str | bytes | None:
    """The call's recording as `st.audio` takes it (a local path, or bytes from a store), None where none can be served.

    The landing zone is a folder or any address fsspec reads (`s3://bucket/prefix`). One that has moved since the call
    was landed is followed: the file is then looked for under the same night. A location outside is never opened.
    """
    # The location of a recording is not published: only the app needs it, and only for this call.
    found = query_now(
        "SELECT audio_uri FROM lake.raw.calls WHERE call_id = $1 AND batch_date = CAST($2 AS DATE)",
        (call_id, batch_date),
    )
    if found.empty or not isinstance(found["audio_uri"].iloc[0], str):
        return None
    return read_from_landing(found["audio_uri"].iloc[0], batch_date, settings().landing)


def hidden_spans(call_id: str) -> list[tuple[float, float]]:
    """(start, end) in seconds of what was taken out of a call's words, in order."""
    found = query_now(
        "SELECT span.start_s, span.end_s FROM (SELECT unnest(hidden) AS span FROM lake.raw.calls WHERE call_id = $1) "
        "ORDER BY ALL",
        (call_id,),
    )
    return [(float(start), float(end)) for start, end in found.itertuples(index=False)]


def suffix_of(call_recording: str | bytes) -> str:
    """`.wav` and the like of a path; of bytes, by how the file begins."""
    if isinstance(call_recording, str):
        return Path(call_recording).suffix.lower()
    starts = {b"RIFF": ".wav", b"fLaC": ".flac", b"OggS": ".ogg", b"ID3": ".mp3", b"\xff\xfb": ".mp3"}
    found = next((suffix for start, suffix in starts.items() if call_recording.startswith(start)), None)
    return found or (".m4a" if call_recording[4:8] == b"ftyp" else ".wav")


def read_from_landing(uri: str, night: str, landing: str) -> str | bytes | None:
    """The file `uri` names inside the folder or store `landing`: its path there, its bytes here; None otherwise."""
    import fsspec

    filesystem, root = fsspec.core.url_to_fs(landing)
    if "file" in filesystem.protocol:
        path = inside_landing(uri, night, Path(root))
        return None if path is None else str(path)
    found = _inside_store(filesystem, uri, night, root.rstrip("/"))
    return None if found is None else _content(landing, found)


def inside_landing(uri: str, night: str, landing: Path) -> Path | None:
    """The existing file `uri` names inside `landing`, after links are resolved; None otherwise."""
    root = landing.resolve()
    named = Path(uri.removeprefix("file://"))
    for candidate in (root / named, root / night / named.name):
        path = candidate.resolve()
        if path.is_file() and path.is_relative_to(root):
            return path
    return None


def _inside_store(filesystem: Any, uri: str, night: str, root: str) -> str | None:
    named = filesystem._strip_protocol(uri) if "://" in uri else f"{root}/{uri}"
    for candidate in (named, f"{root}/{night}/{named.rsplit('/', 1)[-1]}"):
        path = normpath(candidate)  # no `..` leads out
        if path.startswith(f"{root}/") and filesystem.isfile(path):
            return path
    return None


@st.cache_data(show_spinner="Fetching the recording…", max_entries=8)
def _content(landing: str, path: str) -> bytes:
    """Kept a while: a click on the page must not fetch the recording anew."""
    import fsspec

    content: bytes = fsspec.core.url_to_fs(landing)[0].cat_file(path)
    return content
