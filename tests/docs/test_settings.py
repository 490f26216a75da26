"""docs/settings.md names every variable the code reads, no page names another, and each setting can be set."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from coachlake.settings import REPOSITORY, Limits, Prices, Settings, load_settings

# Whole names: what ends in `_*` or `_{name}` is a family, whose members are named one by one.
_NAME = re.compile(r"COACHLAKE_[A-Z0-9_]*[A-Z0-9](?![A-Z0-9_])")
_PAGE = REPOSITORY / "docs" / "settings.md"
_CODE = ("coachlake", "ray_jobs", "orchestration", "dbt_project", "demonstration", "evaluation", "benchmarks")
_FILES = ("Makefile", "tests/app/conftest.py")


def _names(*files: Path) -> set[str]:
    return {name for file in files for name in _NAME.findall(file.read_text(encoding="utf-8"))}


def _code() -> set[str]:
    found = (path for folder in _CODE for path in (REPOSITORY / folder).rglob("*"))
    named = {f"COACHLAKE_{one.name.upper()}" for one in (*fields(Limits), *fields(Prices))}  # after their fields
    return named | _names(
        *(path for path in found if path.suffix in (".py", ".yaml", ".yml")),
        *(REPOSITORY / file for file in _FILES),
    )


def test_the_page_and_the_code_name_the_same_variables() -> None:
    assert sorted(_names(_PAGE) ^ _code()) == []


def test_no_other_page_names_a_variable_that_nothing_reads() -> None:
    pages = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
    assert len(pages) > 10
    assert sorted(_names(*pages) - _code()) == []


def test_every_setting_has_its_variable_and_moves_by_it(tmp_path: Path) -> None:
    plain = load_settings({})
    for field in fields(Settings):
        if field.name in ("limits", "prices"):  # a variable each, below
            continue
        name = f"COACHLAKE_{field.name.upper()}"
        assert f"| `{name}` |" in _PAGE.read_text(encoding="utf-8")
        given = load_settings({name: str(tmp_path)})
        assert str(getattr(given, field.name)) == str(tmp_path) != str(getattr(plain, field.name))


def test_every_limit_has_its_variable_its_words_and_its_line_on_the_page() -> None:
    page = _PAGE.read_text(encoding="utf-8")
    for limit in fields(Limits):
        name = f"COACHLAKE_{limit.name.upper()}"
        assert f"| `{name}` | {limit.default} | {limit.metadata['says']} |" in page
        assert getattr(load_settings({name: "7"}).limits, limit.name) == 7
        assert load_settings({name: "7"}).limits.changed == f"{limit.name}=7;"
    assert load_settings({}).limits.changed == ""


def test_every_price_has_its_variable_its_words_and_its_line_on_the_page() -> None:
    page = _PAGE.read_text(encoding="utf-8")
    for price in fields(Prices):
        name = f"COACHLAKE_{price.name.upper()}"
        assert f"| `{name}` | not stated | {price.metadata['says']} |" in page
        assert getattr(load_settings({name: "0.5"}).prices, price.name) in (0.5, "0.5")


@pytest.mark.parametrize("said", ["cheap", "nan", "-1"])
def test_a_price_that_is_none_is_named(said: str) -> None:
    with pytest.raises(ValueError, match=f"gpu_hour_price={said}"):
        load_settings({"COACHLAKE_GPU_HOUR_PRICE": said})


def test_a_cost_needs_the_price_of_everything_it_is_made_of() -> None:
    assert Prices().per_1000_calls(10, 36.0) is None
    assert Prices(cpu_hour_price=0.1).per_1000_calls(10, 36.0) == pytest.approx(0.1)
    assert Prices(cpu_hour_price=0.1).per_1000_calls(10, 36.0, 7.2) is None
    assert Prices(cpu_hour_price=0.1, gpu_hour_price=2.0).per_1000_calls(10, 36.0, 7.2) == pytest.approx(0.5)
    assert Prices(cpu_hour_price=0.1).per_1000_calls(0, 0.0) is None


def test_a_limit_that_is_no_number_is_named() -> None:
    with pytest.raises(ValueError, match="turns_a_call=many"):
        load_settings({"COACHLAKE_TURNS_A_CALL": "many"})
