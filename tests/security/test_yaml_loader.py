"""One loader reads every YAML file, so that one place bounds what a file may cost."""

import ast

from coachlake.settings import REPOSITORY
from tests.security.statements import FOLDERS, modules

_LOADS = "coachlake.yaml_files"
_LINES = "coachlake.rubrics.document"  # keeps the lines of what `checked_text` let through


def test_yaml_is_loaded_in_one_place() -> None:
    found = [
        f"{module}:{node.lineno}"
        for module, file in modules(REPOSITORY, FOLDERS).items()
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("load", "load_all", "safe_load", "full_load")
        and ("YAML" in ast.unparse(node.func) or ast.unparse(node.func.value) == "yaml")
    ]
    assert {place.partition(":")[0] for place in found} == {_LOADS, _LINES}, found
