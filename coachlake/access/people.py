"""Who has which role: from a file, or from the claims of the identity provider."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coachlake.access.viewer import Role, Viewer


class AccessError(ValueError):
    """The file of roles cannot be used; the message says where and why. Nobody is let in by it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(_Strict):
    """What a person may see."""

    roles: frozenset[Role]
    rep_id: str | None = None
    teams: frozenset[str] = frozenset()
    is_granted_quotes: bool = False


class Claims(_Strict):
    """Which claims of the provider say the same, for people the file does not name. None: claims give nothing."""

    roles: str | None = None
    rep_id: str | None = None
    teams: str | None = None
    quotes: str | None = None


class Access(_Strict):
    """The file: people by e-mail address, and the names of claims."""

    people: dict[str, Person] = Field(default_factory=dict)
    claims: Claims = Claims()


def read_access(path: Path) -> Access:
    """The file of roles (TOML); without one nobody has a role. Raises AccessError where it is wrong."""
    try:
        found = Access.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Access()
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AccessError(f"{path}: {error}") from error
    return found.model_copy(update={"people": {name.casefold(): person for name, person in found.people.items()}})


def viewer_of(claims: Mapping[str, Any], access: Access) -> Viewer | None:
    """The viewer an identity token (its claims) stands for; None where it gives no role.

    A person is named by `email`, unless the provider says that it is not verified, else by `sub`. The file comes
    first: claims are asked only for people it does not name.
    """
    name = _name(claims)
    if name is None:
        return None
    person = access.people.get(name) or _from_claims(claims, access.claims)
    if person is None or not person.roles:
        return None
    return Viewer(name, person.roles, person.rep_id, person.teams, person.is_granted_quotes)


def _name(claims: Mapping[str, Any]) -> str | None:
    email, is_verified = claims.get("email"), claims.get("email_verified", True)
    found = email if isinstance(email, str) and is_verified in (True, "true") else claims.get("sub")
    return found.casefold() if isinstance(found, str) and found else None


def _from_claims(claims: Mapping[str, Any], named: Claims) -> Person | None:
    known = {role.value for role in Role}
    roles = [role for role in _listed(claims, named.roles) if role in known]
    if not roles:
        return None
    rep_id = claims.get(named.rep_id) if named.rep_id else None
    return Person(
        roles=frozenset(map(Role, roles)),
        rep_id=rep_id if isinstance(rep_id, str) else None,
        teams=frozenset(_listed(claims, named.teams)),
        is_granted_quotes=bool(named.quotes) and claims.get(named.quotes or "") is True,
    )


def _listed(claims: Mapping[str, Any], name: str | None) -> list[str]:
    """A claim as a list of texts; providers send one value as a text."""
    found = claims.get(name) if name else None
    values = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return [value for value in values if isinstance(value, str)]
