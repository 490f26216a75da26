"""docs/settings.md names every variable the code reads, and no other; each setting can be set."""

import re
from dataclasses import fields
from pathlib import Path

from coachlake.settings import REPOSITORY, Settings, load_settings

_NAME = re.compile(r"COACHLAKE_[A-Z0-9_]*[A-Z0-9]")
_TEXT = re.compile(r"`(COACHLAKE_[A-Z0-9_]+)`")
_FOLDERS = ("coachlake", "ray_jobs", "orchestration", "dbt_project", "demonstration", "evaluation", "benchmarks")
_FILES = ("Makefile", "tests/app/conftest.py")


def _page() -> str:
    return (REPOSITORY / "docs" / "settings.md").read_text(encoding="utf-8")


def _code() -> set[str]:
    files = [REPOSITORY / file for file in _FILES]
    for folder in _FOLDERS:
        files += [path for path in (REPOSITORY / folder).rglob("*") if path.suffix in (".py", ".yaml", ".yml")]
    return {name for path in files for name in _NAME.findall(path.read_text(encoding="utf-8"))}


def test_the_page_and_the_code_name_the_same_variables() -> None:
    assert set(_TEXT.findall(_page())) == _code()


def test_every_setting_has_its_variable_and_moves_by_it(tmp_path: Path) -> None:
    plain = load_settings({})
    for field in fields(Settings):
        name = f"COACHLAKE_{field.name.upper()}"
        assert f"| `{name}` |" in _page()
        given = load_settings({name: str(tmp_path)})
        assert str(getattr(given, field.name)) == str(tmp_path) != str(getattr(plain, field.name))
