"""The OpenID Connect client of the app, as its file gives it."""

import tomllib
from pathlib import Path
from typing import Any

_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_FEWEST_CHARACTERS = 32  # of the secret that sign-ins are signed with


class SignInError(ValueError):
    """The file of the OpenID Connect client cannot be used; the message says why. The app does not start."""


def read_sign_in(path: Path) -> dict[str, Any]:
    """The section `[auth]`, as Streamlit reads it. Raises SignInError where something is missing or too weak."""
    try:
        auth = tomllib.loads(path.read_text(encoding="utf-8")).get("auth", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SignInError(f"{path}: {error}") from error
    missing = [name for name in _NEEDED if not isinstance(auth.get(name), str)]
    if missing:
        raise SignInError(f"{path}: [auth] needs {', '.join(missing)}")
    if len(auth["cookie_secret"]) < _FEWEST_CHARACTERS:
        raise SignInError(f"{path}: cookie_secret has fewer than {_FEWEST_CHARACTERS} characters: it could be guessed")
    if not auth["redirect_uri"].endswith("/oauth2callback"):
        raise SignInError(f"{path}: redirect_uri ends with /oauth2callback")
    return dict(auth)
