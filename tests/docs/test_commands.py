"""Every command of `coachlake` says what it does and is on a page."""

import re
from typing import Any

import pytest
import typer

from coachlake.cli.app import app
from coachlake.settings import REPOSITORY

_PAGES = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").glob("**/*.md")]
# What pages name by its verb of make.
_VERBS = {"app": "make app", "dev": "make dev", "docs": "make docs", "demo compare": "make compare"}


def _commands(group: Any, before: str = "") -> dict[str, Any]:
    """Name → command, those of groups by both their names."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        is_group = hasattr(command, "commands")
        found |= _commands(command, f"{before}{name} ") if is_group else {f"{before}{name}": command}
    return found


_ALL = _commands(typer.main.get_command(app))


@pytest.mark.parametrize("name", _ALL)
def test_a_command_has_help_and_is_on_a_page(name: str) -> None:
    assert _ALL[name].help, f"{name} says nothing"
    text = "\n".join(page.read_text(encoding="utf-8") for page in _PAGES)
    ways = [f"coachlake {name}", *([_VERBS[name]] if name in _VERBS else [])]
    assert any(re.search(rf"\b{re.escape(way)}(?![\w-])", text) for way in ways)
