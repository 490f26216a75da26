"""The picture in docs/architecture.md against the code: every folder has its place, every arrow is an import."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

import grimp

from coachlake.settings import REPOSITORY

_PAGE = REPOSITORY / "docs" / "architecture.md"
_PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class _Picture:
    """What is drawn: boxes in order, each the paths in it, and the arrows between paths."""

    boxes: list[set[str]]
    arrows: set[tuple[str, str]]

    @property
    def paths(self) -> set[str]:
        return set().union(*self.boxes)


@cache
def _picture() -> _Picture:
    (source,) = re.findall(r"```mermaid\n(.+?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    drawn = [dict(re.findall(r'(\w+)\["<b>([\w./]+)</b>', box)) for box in source.split("subgraph ")[1:]]
    path_of = {name: path for box in drawn for name, path in box.items()}
    lines = re.findall(r"^ *(\w+) --> (.+)$", source, re.MULTILINE)
    arrows = {(path_of[user], path_of[used]) for user, uses in lines for used in re.split(r" & ", uses.strip())}
    return _Picture([set(box.values()) for box in drawn], arrows)


@cache
def _folders() -> set[str]:
    """What is installed: top folders, and instead of `coachlake` what lies in it, as paths from the checkout."""
    installed = {name.rstrip("*") for name in _PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]}
    packages = {path.parent.name for path in REPOSITORY.glob("*/__init__.py")}
    inside = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "coachlake").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    }
    return (installed | packages | inside) - {"coachlake", "tests"}


def _path_of(module: str) -> str | None:
    """The drawn path a module belongs to; None for the package `coachlake` itself, which only names its parts."""
    top, _, rest = module.partition(".")
    if top != "coachlake":
        return top
    part = rest.partition(".")[0]
    return next((path for path in (f"coachlake/{part}", f"coachlake/{part}.py") if path in _folders()), None)


def _imports() -> dict[str, set[str]]:
    """Path → the paths it imports from."""
    packages = [path for path in _folders() if "/" not in path and (REPOSITORY / path / "__init__.py").exists()]
    graph = grimp.build_graph("coachlake", *packages, cache_dir=None)
    uses: dict[str, set[str]] = {path: set() for path in _folders()}
    for module in graph.modules:
        user = _path_of(module)
        for used in map(_path_of, graph.find_modules_directly_imported_by(module)):
            if user and used and user != used:
                uses[user].add(used)
    return uses


def _without_detours(uses: dict[str, set[str]]) -> set[tuple[str, str]]:
    """The arrows from which all others follow (transitive reduction); a cycle raises graphlib.CycleError."""
    below: dict[str, set[str]] = {}
    for path in TopologicalSorter(uses).static_order():
        below[path] = uses[path].union(*(below[used] for used in uses[path]))
    return {(user, used) for user in uses for used in uses[user] if not any(used in below[by] for by in uses[user])}


def test_every_folder_has_its_place() -> None:
    assert _picture().paths == _folders()


def test_boxes_are_the_layers_that_imports_must_keep() -> None:
    contracts = _PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    *boxes, beside = _picture().boxes
    assert boxes == [{_path_of(module) for module in re.split(r" [|:] ", layer)} for layer in layers]
    assert beside == _folders().difference(*boxes)


def test_arrows_are_the_imports() -> None:
    real, drawn = _without_detours(_imports()), _picture().arrows
    assert (sorted(real - drawn), sorted(drawn - real)) == ([], []), "draw the first, remove the second"
