"""Where a call's recording is, and whether it may be served: only files inside the landing zone are."""

from pathlib import Path

from app.data import query_now, settings


def recording(call_id: str, batch_date: str) -> Path | None:
    """The call's recording, or None where there is none to serve.

    A landing zone that has moved since the call was landed is followed: the file is then looked for under the same
    night. A location outside the landing zone is never opened.
    """
    # The location of a recording is not published: only the app needs it, and only for this call.
    found = query_now(
        "SELECT audio_uri FROM lake.raw.calls WHERE call_id = $1 AND batch_date = CAST($2 AS DATE) "
        "AND channel_layout != 'transcript'",
        (call_id, batch_date),
    )
    if found.empty or not isinstance(found["audio_uri"].iloc[0], str):
        return None
    return inside_landing(found["audio_uri"].iloc[0], batch_date, Path(settings().landing))


def inside_landing(uri: str, night: str, landing: Path) -> Path | None:
    """The existing file `uri` names inside `landing`, after links are resolved; None otherwise."""
    root = landing.resolve()
    named = Path(uri.removeprefix("file://"))
    for candidate in (named, root / night / named.name):
        path = candidate.resolve()
        if path.is_file() and path.is_relative_to(root):
            return path
    return None
