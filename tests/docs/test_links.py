"""What the pages point to is there: links, files in backticks, modules and names of ours."""

import importlib
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from coachlake.settings import REPOSITORY

_PAGES = [*sorted(REPOSITORY.glob("*.md")), *sorted((REPOSITORY / "docs").glob("**/*.md"))]
# The changelog also names what is gone.
_OF_NOW = [page for page in _PAGES if page.name != "CHANGELOG.md"]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_FILE = re.compile(r"[\w.*-]+(?:/[\w.*-]+)+/?")
_NAME = re.compile(
    r"(?<![\w./-])(?:coachlake|ray_jobs|orchestration|evaluation|demonstration|benchmarks)(?:\.[A-Za-z_]\w*)+(?![\w/])"
)
_SUFFIXES = {".py", ".sql", ".yml", ".yaml", ".md", ".toml", ".css", ".js"}
_FOLDERS = {path.name for path in REPOSITORY.iterdir() if path.is_dir()} - {"var", "build"}


def _names(page: Path) -> str:
    return page.relative_to(REPOSITORY).as_posix()


def _code(page: Path) -> list[str]:
    return _CODE.findall(page.read_text(encoding="utf-8"))


def _is_ours(file: str) -> bool:
    return file.partition("/")[0] in _FOLDERS or Path(file).suffix in _SUFFIXES


def _is_defined(name: str) -> bool:
    """Whether a dotted name is a module, or something a module holds."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module = ".".join(parts[:length])
        try:
            found = find_spec(module)
        except ModuleNotFoundError:
            continue
        if found:
            held = importlib.import_module(module)
            return all((held := getattr(held, part, None)) is not None for part in parts[length:])
    return False


@pytest.mark.parametrize("page", _PAGES, ids=_names)
def test_relative_links_lead_somewhere(page: Path) -> None:
    targets = [target.partition("#")[0] for target in _LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if target and "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", _OF_NOW, ids=_names)
def test_files_in_backticks_are_there(page: Path) -> None:
    named = {file for code in _code(page) for file in _FILE.findall(code) if _is_ours(file)}
    local = {file for file in named if not file.startswith(("var/", "."))}
    assert sorted(file for file in local if not any(REPOSITORY.glob(file.rstrip("/")))) == []


@pytest.mark.parametrize("page", _OF_NOW, ids=_names)
def test_names_in_backticks_are_defined(page: Path) -> None:
    named = {name for code in _code(page) for name in _NAME.findall(code)}
    assert sorted(name for name in named if not _is_defined(name)) == []
