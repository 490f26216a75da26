"""How this process serves the app: decided once, when it starts, and never by what a page or a file says later."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Serving:
    """`is_sign_in`: everybody must sign in. `is_open`: other machines reach it."""

    is_sign_in: bool
    is_open: bool = False


class NotServedError(RuntimeError):
    """The app was started without its own server, which checks hosts, media and who looks."""


_decided: list[Serving] = []


def decide(serving: Serving) -> None:
    """Say how; once. Raises RuntimeError the second time."""
    if _decided:
        raise RuntimeError("this process serves the app already")
    _decided.append(serving)


def serving() -> Serving:
    """How. Raises NotServedError where nobody has decided: nothing is shown then."""
    if not _decided:
        raise NotServedError("open the app with `coachlake app`")
    return _decided[0]
