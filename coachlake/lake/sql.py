"""Text that may stand in a statement. Values are bound (`?`, `$1`); what DuckDB cannot bind passes through here.

`tests/security/test_sql.py` finds every statement put together from anything else.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import NewType

# A part of a statement that holds no text from outside, or holds it quoted.
Sql = NewType("Sql", str)


def identifier(*names: str) -> Sql:
    """The name of a table, column or schema (`identifier("lake", "raw", "calls")`), quoted, whatever it holds."""
    return Sql(".".join('"' + name.replace('"', '""') + '"' for name in names))


def literal(value: str | date | int) -> Sql:
    """A value as SQL where DuckDB takes no bound one: paths of ATTACH and COPY, comments, dates that prune files."""
    if isinstance(value, date):
        return Sql(f"DATE '{value:%Y-%m-%d}'")
    if isinstance(value, int):
        return Sql(str(int(value)))
    return Sql("'" + value.replace("'", "''") + "'")


def listed(values: Iterable[str | date]) -> Sql:
    """The values as a SQL list for `IN (…)` or `[…]`; NULL, which nothing equals, where there is none."""
    return Sql(", ".join(literal(value) for value in values) or "NULL")


def data_type(described: str) -> Sql:
    """A type as DESCRIBE gives it (`STRUCT(text VARCHAR, start_s DOUBLE)[]`). Raises ValueError for anything else."""
    if not re.fullmatch(r'[\w\s(),"\[\]]+', described):
        raise ValueError(f"no data type: {described!r}")
    return Sql(described)
