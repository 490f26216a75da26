"""Sign-in to the app: whether it is set up, whether it can be used, and who reads its secrets."""

import stat
from collections.abc import Iterator

from coachlake.access.people import AccessError, read_access
from coachlake.access.sign_in import SignInError, read_sign_in
from coachlake.access.viewer import Role
from coachlake.cli.doctor.finding import Finding
from coachlake.settings import Settings


def check(settings: Settings) -> Iterator[Finding]:
    """The client's file, the file of roles, and the permissions of all that is secret under the home."""
    if not settings.sign_in.exists():
        yield Finding("note", f"no sign-in ({settings.sign_in} is not there): the app stays on 127.0.0.1")
    else:
        yield from _client(settings)
        yield from _roles(settings)
    secret = [settings.sign_in, settings.people, *(settings.home / "access").glob("*")]
    for path in sorted({path for path in secret if path.is_file()}):
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding("bad", f"others on this machine read {path}: chmod 600")


def _client(settings: Settings) -> Iterator[Finding]:
    try:
        auth = read_sign_in(settings.sign_in)
    except SignInError as error:
        yield Finding("bad", str(error))
        return
    yield Finding("good", f"people sign in at {auth['server_metadata_url']}")
    for name in ("redirect_uri", "server_metadata_url"):
        if not auth[name].startswith(("https://", "http://127.0.0.1", "http://localhost")):
            yield Finding("bad", f"{name} is {auth[name]}: over the network it must be https")


def _roles(settings: Settings) -> Iterator[Finding]:
    try:
        access = read_access(settings.people)
    except AccessError as error:
        yield Finding("bad", str(error))
        return
    if not access.people and access.claims.roles is None:
        yield Finding("bad", f"nobody has a role: name people in {settings.people}, or the claim that gives roles")
    for name, person in access.people.items():
        if Role.REP in person.roles and person.rep_id is None:
            yield Finding("bad", f"{name} is a rep without rep_id: they see nothing")
        if Role.COACH in person.roles and not person.teams:
            yield Finding("bad", f"{name} is a coach without teams: they see nothing")
