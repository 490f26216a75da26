"""Reading a lake in tests."""

from typing import Any

from coachlake.lake.connection import lake
from coachlake.settings import Settings


def rows(settings: Settings, query: str) -> list[Any]:
    """All rows of a query, as readers see the lake."""
    with lake(settings, read_only=True) as connection:
        return connection.execute(query).fetchall()


def one(settings: Settings, query: str) -> Any:
    """The single value of a query that gives one row of one column."""
    [(value,)] = rows(settings, query)
    return value
