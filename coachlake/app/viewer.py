"""Who looks at the page that is being made: the person who has signed in, or whoever sits at this machine."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from coachlake.access.people import Access, AccessError, read_access, viewer_of
from coachlake.access.viewer import LOCAL, Viewer
from coachlake.app.serving import serving
from coachlake.settings import load_settings

SIGNED_IN_FOR_S = 12 * 3600  # a working day; the cookie alone would hold a month


class NoViewerError(PermissionError):
    """Nobody has signed in, or somebody who has no role: nothing may be read."""


def viewer() -> Viewer:
    """Whom the running script is for. Raises NoViewerError where that is nobody."""
    if not serving().is_sign_in:
        return LOCAL
    found = viewer_of_claims(st.user.to_dict())
    if found is None:
        raise NoViewerError("sign in first")
    return found


def viewer_of_claims(claims: Mapping[str, Any]) -> Viewer | None:
    """The viewer of an identity as Streamlit keeps it in its signed cookie; None where it gives no role.

    The file of roles is read as it is now: who is taken out of it sees nothing more from the next click on.
    """
    if claims.get("is_logged_in") is not True or not is_fresh(claims):
        return None
    path = load_settings().people
    return viewer_of(claims, _access(path, path.stat().st_mtime_ns if path.exists() else None))


def is_fresh(claims: Mapping[str, Any]) -> bool:
    """Whether somebody signed in lately, by the time the provider issued the token."""
    issued = claims.get("iat")
    return isinstance(issued, int) and datetime.now(UTC).timestamp() - issued < SIGNED_IN_FOR_S


@cache
def _access(path: Path, changed_ns: int | None) -> Access:
    return read_access(path)


def roles_problem() -> str | None:
    """What is wrong with the file of roles; it lets nobody in then."""
    try:
        read_access(load_settings().people)
    except AccessError as error:
        return str(error)
    return None
