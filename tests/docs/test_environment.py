"""Every variable that a person can set is on a page, and no page names one that nothing reads."""

import re

from coachlake.settings import REPOSITORY

_VARIABLE = re.compile(r"\bCOACHLAKE_[A-Z_]*[A-Z]\b")
_CODE = ("coachlake", "ray_jobs", "orchestration", "evaluation", "demonstration", "benchmarks", "dbt_project")
# What `coachlake` hands to dbt's process.
_INTERNAL = re.compile(r"COACHLAKE_(?:DBT_\w+|REPOSITORY)")


def _read() -> set[str]:
    files = [path for folder in _CODE for path in (REPOSITORY / folder).rglob("*") if path.suffix in (".py", ".yaml")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in (*files, REPOSITORY / "Makefile"))
    return {name for name in _VARIABLE.findall(text) if not _INTERNAL.fullmatch(name)}


def _documented() -> set[str]:
    pages = [REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
    return {
        name
        for page in (*pages, *(REPOSITORY / "docs").rglob("*.md"))
        for name in _VARIABLE.findall(page.read_text(encoding="utf-8"))
    }


def test_variables_that_are_read_are_the_documented_ones() -> None:
    assert sorted(_read() ^ _documented()) == []
