"""No page can forget who looks: the app reaches the lake through one module, which asks for a viewer each time."""

import ast
import re
from pathlib import Path

import grimp

from coachlake.settings import REPOSITORY

_APP = REPOSITORY / "coachlake" / "app"
# What gives a connection, or reads rows for whoever calls it.
_OPENS = {
    "coachlake.lake.connection": {"connect", "lake"},
    "coachlake.access.connection": {"connect_for"},
    "duckdb": {"connect"},
}


def _imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def test_one_module_of_the_app_opens_connections() -> None:
    opens = {f"{module}.{name}" for module, names in _OPENS.items() for name in names}
    found = {file.relative_to(_APP).as_posix() for file in _APP.rglob("*.py") if _imported(file) & opens}
    assert found == {"data.py"}
    assert not [file for file in _APP.rglob("*.py") if "duckdb.connect(" in file.read_text(encoding="utf-8")]


def test_that_module_reads_for_a_viewer_only() -> None:
    """Each function of data.py that runs a statement asks who looks, or is not given to pages."""
    tree = ast.parse((_APP / "data.py").read_text(encoding="utf-8"))
    public = {node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    runs = {name for name, text in public.items() if re.search(r"\b(_query|_fetch|_connection|_newest)\(", text)}
    asks = {name for name in runs if "viewer()" in public[name]}
    assert {name for name in runs if not name.startswith("_")} <= asks
    assert runs - asks == {"_published", "_of_anybody", "_fetch", "_query", "_connection", "_newest"}
    users = [
        file.name for file in _APP.rglob("*.py")
        if file.name != "data.py" and re.search(r"data import .*\b_|data\._", file.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert users == []


def test_what_reads_the_lake_for_itself_is_behind_a_look() -> None:
    """Practice, reviews and answers take settings and read or write by themselves: who may is asked beside each."""
    graph = grimp.build_graph("coachlake", cache_dir=None)
    below = {
        module for module in graph.modules
        if module.startswith("coachlake.") and not module.startswith(("coachlake.app", "coachlake.cli"))
        and "coachlake.lake.connection" in graph.find_modules_directly_imported_by(module)
    }  # fmt: skip
    used = {
        (module, lower)
        for module in graph.modules
        if module.startswith("coachlake.app")
        for lower in graph.find_modules_directly_imported_by(module) & below
    }
    assert used == {
        ("coachlake.app.data", "coachlake.access.connection"),
        ("coachlake.app.reviews", "coachlake.calibration.reviews"),
        ("coachlake.app.role_answers", "coachlake.lake.role_answers"),
        ("coachlake.app.strikes", "coachlake.lake.strikes"),
        ("coachlake.app.views.sections.practice_play", "coachlake.practice.assignments"),
        ("coachlake.app.views.sections.practice_play", "coachlake.practice.moments.from_evidence"),
        ("coachlake.app.views.sections.practice_progress", "coachlake.practice.assignments"),
        ("coachlake.app.views.sections.practice_team", "coachlake.practice.assignments"),
    }


def test_the_store_is_named_where_views_are_made_and_nowhere_else() -> None:
    named = {
        file.relative_to(REPOSITORY).as_posix()
        for file in (REPOSITORY / "coachlake").rglob("*.py")
        if re.search(r"""\bstore\.(raw|marts|published)\b|["']store["']""", file.read_text(encoding="utf-8"))
    }
    assert named == {"coachlake/access/connection.py"}
