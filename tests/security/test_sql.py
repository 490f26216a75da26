"""No statement is put together from text: values are bound, names quoted by `coachlake/lake/sql.py`."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from coachlake.lake.sql import identifier, listed, literal
from coachlake.settings import REPOSITORY
from tests.security.statements import FOLDERS, composed, modules, returns_sql

_HOSTILE = """O'Hare"; COPY (SELECT 1) TO 'x.csv'; --"""


def test_no_statement_holds_text_from_outside() -> None:
    files = modules(REPOSITORY, FOLDERS)
    del files["coachlake.lake.sql"]  # which quotes
    returning = frozenset(
        f"{module}.{name}" for module, file in files.items() for name in returns_sql(file.read_text())
    )
    found = [
        f"{module}:{line}: {expression}"
        for module, file in files.items()
        for line, expression in composed(file.read_text(), returning)
    ]
    assert not found, "bind the value, or quote the name by coachlake/lake/sql.py:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "def f(c, queue):\n    return c.execute(f\"SELECT * FROM calls WHERE queue = '{queue}'\")",
        "_SQL = \"SELECT * FROM calls WHERE queue = '{q}'\"\ndef f(queue):\n    return query(_SQL.format(q=queue))",
        'def f(c, queue):\n    return c.execute("SELECT * FROM calls WHERE queue = " + queue)',
        "def f(c, queue):\n    return c.execute(\"SELECT * FROM calls WHERE queue = '%s'\" % queue)",
        "def f(c, table):\n    sql = f'SELECT * FROM {table}'\n    c.execute(sql)",
        "def f(c, a):\n    for t in a.tables:\n        c.execute(f'DROP TABLE {t}')",
        "def f(text: str) -> Sql:\n    return Sql(text)",
        "def f(text: str) -> Sql:\n    return Sql(f'x = {text}')",
        "def f(c, names):\n    c.execute('SELECT ' + ', '.join(names) + ' FROM calls')",
    ],
)
def test_the_next_one_is_found(source: str) -> None:
    assert composed(source)


@pytest.mark.parametrize(
    "source",
    [
        'def f(c, queue):\n    return c.execute("SELECT * FROM calls WHERE queue = $1", [queue])',
        "def f(c, table):\n    c.execute(f'SELECT * FROM {identifier(table)}')",
        "def f(c):\n    for table in ('calls', 'turns'):\n        c.execute(f'SELECT * FROM lake.raw.{table}')",
        "def f(c, night):\n    c.execute(f\"SELECT * FROM t WHERE d = DATE '{night:%Y-%m-%d}'\")",
        "def f(c, where: Sql):\n    c.execute(f'SELECT * FROM calls WHERE {where}')",
    ],
)
def test_what_is_bound_or_quoted_passes(source: str) -> None:
    assert not composed(source)


def test_quoted_text_stays_text() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE {identifier(_HOSTILE)} AS SELECT {literal(_HOSTILE)} AS {identifier(_HOSTILE)}"
        )
        assert connection.execute(f"FROM {identifier('memory', 'main', _HOSTILE)}").fetchall() == [(_HOSTILE,)]
        nights = [date(2026, 11, 23), date(2026, 11, 24)]
        assert connection.execute(f"SELECT [{listed(nights)}], [{listed([])}]").fetchone() == (nights, [None])
    assert not Path("x.csv").exists()
