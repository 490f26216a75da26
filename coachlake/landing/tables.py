"""Tables as people deliver them (CSV, JSON, Parquet), row by row: a row that cannot be read costs only itself."""

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from coachlake.conversations.transcript import UnreadableTranscriptError
from coachlake.conversations.transcripts.decode import decoded

TABLE_SUFFIXES = (".csv", ".json", ".parquet")
_DELIMITERS = ",;\t|"
# Facts are short; a longer field is the rest of the file behind a quote that was never closed.
_MAX_FIELD = 1 << 20


class TableError(ValueError):
    """The file is no table at all; the message says why in words."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One delivered row: column → value (None where empty), or the `problem` for which it cannot be read. `number`
    counts data rows from 1. `given`: what stands in the file, the fields of a CSV row (its line where
    the file can be read by lines alone) or the item of a JSON list; None for Parquet."""

    number: int
    values: dict[str, Any]
    problem: str | None = None
    given: Any = None


@dataclass(frozen=True, slots=True)
class DeliveredTable:
    """Columns as the file names them, and its rows; of a CSV also what stands between its fields."""

    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    delimiter: str = ","


def read_table(path: Path) -> DeliveredTable:
    """A table with nothing checked but that each row is one; values are text, numbers, booleans, times or None.

    Raises TableError where the file cannot be opened or is no table.
    """
    try:
        if path.suffix.lower() == ".parquet":
            return _parquet(path)
        text, _ = decoded(path.read_bytes())
    except UnreadableTranscriptError as error:
        raise TableError(str(error)) from error
    except OSError as error:
        raise TableError(error.strerror or str(error)) from error
    return _json(text) if path.suffix.lower() == ".json" else _csv(text)


def plain_value(value: Any) -> Any:
    """A value as text, number, boolean or time; None where it is missing. Others (lists, objects) stay as they are."""
    if hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, datetime | date) and value != value:  # pandas' missing time
        return None
    if isinstance(value, str):
        return value.strip() or None
    return value


def _csv(text: str) -> DeliveredTable:
    lines = text.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise TableError("the file is empty")
    delimiter = max(_DELIMITERS, key=lines[first].count)
    header = _line(lines[first], delimiter)
    if header is None:
        raise TableError("its first line opens a quote and does not close it")
    columns = tuple(name.strip() for name in header)
    whole = _whole("\n".join(lines[first + 1 :]), delimiter, len(columns))
    rows = (
        [_row(number, columns, record, record) for number, record in enumerate(whole, 1)]
        if whole
        else [
            _row(number, columns, _line(line, delimiter), line)
            for number, line in enumerate(filter(str.strip, lines[first + 1 :]), 1)
        ]
    )
    return DeliveredTable(columns, tuple(rows), delimiter)


def _whole(text: str, delimiter: str, width: int) -> list[list[str]] | None:
    """All records where every one is whole, line breaks inside quotes and all; None where some quote is not closed."""
    csv.field_size_limit(_MAX_FIELD)
    try:
        records = [
            record for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if record
        ]
    except csv.Error:
        return None
    swallowed = any("\n" in field and field.count(delimiter) >= width - 1 for record in records for field in record)
    return None if swallowed else [record for record in records if any(field.strip() for field in record)]


def _line(line: str, delimiter: str) -> list[str] | None:
    """The fields of one line; None where a quote is opened and not closed."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _row(number: int, columns: Sequence[str], record: list[str] | None, given: list[str] | str) -> RawRow:
    if record is None:
        return RawRow(number, {}, "a quote is opened and not closed, or a field is longer than any fact", given)
    values = {name: plain_value(value) for name, value in zip(columns, record, strict=False)}
    if any(field.strip() for field in record[len(columns) :]):
        return RawRow(number, values, f"the row has {len(record)} values for {len(columns)} columns", given)
    return RawRow(number, values, given=given)


def _json(text: str) -> DeliveredTable:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        content = _json_lines(text)
        if content is None:
            raise TableError(f"not valid JSON: it breaks at line {error.lineno}") from error
    except (ValueError, RecursionError) as error:
        raise TableError("not valid JSON: a number or a nesting beyond any table") from error
    rows = content if isinstance(content, list) else _only_list(content)
    if rows is None:
        raise TableError("expected a list of objects, one a row")
    columns = tuple(dict.fromkeys(str(name) for row in rows if isinstance(row, dict) for name in row))
    return DeliveredTable(columns, tuple(_object(number, row) for number, row in enumerate(rows, 1)))


def _json_lines(text: str) -> list[Any] | None:
    """One JSON object a line, as exports stream them; a line that breaks stays as text. None where most do."""
    lines = [line for line in text.split("\n") if line.strip()]
    rows: list[Any] = []
    for line in lines:
        try:
            rows.append(json.loads(line))
        except (ValueError, RecursionError):
            rows.append(line)
    return rows if 2 * sum(isinstance(row, dict) for row in rows) > len(rows) else None


def _only_list(content: Any) -> list[Any] | None:
    """`{"calls": [...]}`, a lone row, or columns of lists: as rows."""
    if not isinstance(content, dict) or not content:
        return None
    lists = [value for value in content.values() if isinstance(value, list)]
    if len(lists) == 1 and any(isinstance(item, dict) for item in lists[0]):
        return list(lists[0])
    if len(lists) == len(content):
        length = max(map(len, lists))
        return [
            {name: column[at] if at < len(column) else None for name, column in content.items()} for at in range(length)
        ]
    return [content] if not any(isinstance(value, dict) for value in content.values()) else None


def _object(number: int, row: Any) -> RawRow:
    if not isinstance(row, dict):
        return RawRow(number, {}, "the row is not an object of column and value", row)
    return RawRow(number, {str(name): plain_value(value) for name, value in row.items()}, given=row)


def _parquet(path: Path) -> DeliveredTable:
    import pandas as pd

    try:
        frame = pd.read_parquet(path)
    except OSError:
        raise
    except Exception as error:  # pyarrow has a family of errors of its own
        raise TableError(f"not readable as Parquet: {str(error).splitlines()[0]}") from error
    columns = tuple(str(name) for name in frame.columns)
    records = zip(*(frame.iloc[:, at].tolist() for at in range(len(columns))), strict=True)
    return DeliveredTable(
        columns,
        tuple(
            RawRow(number, {name: plain_value(value) for name, value in zip(columns, record, strict=True)})
            for number, record in enumerate(records, 1)
        ),
    )
