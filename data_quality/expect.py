"""The expectations the suites are made of, each marked blocking or not and told in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation about a frame. A blocking one that fails keeps the night from being published.

    `kind` and `arguments` are those of Great Expectations, which is imported where a suite runs: to list what is
    expected takes no seconds.
    """

    frame: str
    kind: str
    arguments: Mapping[str, Any]
    says: str
    is_blocking: bool = True

    @property
    def name(self) -> str:
        """A name of its own within the suite, such as `evidence__is_quote_verbatim__be_in_set`."""
        column = self.arguments.get("column", "rows")
        kind = self.kind.removeprefix("expect_column_values_to_").removeprefix("expect_table_")
        return f"{self.frame}__{column}__{kind}"

    def wrong(self, data: "pd.DataFrame") -> "pd.DataFrame | None":
        """The rows of the frame that are not as expected; None where that is no matter of single rows."""
        given = self.arguments
        if self.kind == "expect_table_row_count_to_equal":
            return data if given["value"] == 0 else None
        column = data[given["column"]]
        if self.kind == "expect_column_values_to_be_in_set":
            is_right = column.isin(given["value_set"])
        else:
            is_right = column.between(given["min_value"], given["max_value"])
        wrong: pd.DataFrame = data[column.notna() & ~is_right]
        return wrong

    def expectation(self) -> Any:
        """The expectation itself, with its words as notes."""
        import great_expectations.expectations as gxe

        return getattr(gxe, self.kind.title().replace("_", ""))(**self.arguments, notes=self.says)


def _expected(kind: str, frame: str, says: str, *, is_blocking: bool, **arguments: Any) -> Expected:
    return Expected(frame, kind, arguments, says, is_blocking)


def true(frame: str, column: str, says: str, *, mostly: float = 1.0, is_blocking: bool = True) -> Expected:
    """`column` is true in (at least `mostly` of) the rows where it is known."""
    return _expected(
        "expect_column_values_to_be_in_set", frame, says, is_blocking=is_blocking,
        column=column, value_set=[True], mostly=mostly,
    )  # fmt: skip


def between(frame: str, column: str, low: float, high: float, says: str, *, is_blocking: bool = True) -> Expected:
    """`column` is within the bounds or NULL."""
    return _expected(
        "expect_column_values_to_be_between", frame, says, is_blocking=is_blocking,
        column=column, min_value=low, max_value=high,
    )  # fmt: skip


def one_of(frame: str, column: str, values: list[str], says: str) -> Expected:
    """`column` is one of the values or NULL."""
    return _expected(
        "expect_column_values_to_be_in_set", frame, says, is_blocking=True, column=column, value_set=values
    )


def rows(frame: str, count: int, says: str, *, is_blocking: bool = True) -> Expected:
    """The frame has exactly this many rows."""
    return _expected("expect_table_row_count_to_equal", frame, says, is_blocking=is_blocking, value=count)
