"""Delivered tables as erasing sees them: whose a row is, and the file without somebody's rows."""

import csv
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from coachlake.files import whole_file
from coachlake.landing.facts import CallFactsError, canonical_column, read_facts
from coachlake.landing.tables import DeliveredTable, RawRow, read_table
from coachlake.landing.values import as_text, or_left_out


@dataclass(frozen=True, slots=True)
class Owned:
    """A delivered row: what it holds by canonical column, the call it is of (None where it does not say), and as it was
    read."""

    values: dict[str, Any]
    call_id: str | None
    row: RawRow


def owned_rows(path: Path) -> list[Owned]:
    """Every row of a delivered table, those that cannot be read too. A call that was given no id has the one landing
    gives it. Raises TableError where the file is none."""
    return _owned(path, read_table(path))


def without_rows(path: Path, calls: Collection[str], rep_id: str | None) -> bool:
    """Take the rows of these calls, and all of a rep's, out of a delivered table; whether there were any.

    All other rows stay as they were delivered, cells too many and lines that are no row among them. Raises TableError
    where the file is no table.
    """
    table = read_table(path)
    kept = [not _is_theirs(owned, calls, rep_id, table.delimiter) for owned in _owned(path, table)]
    if all(kept):
        return False
    rows = [row.given for row, is_kept in zip(table.rows, kept, strict=True) if is_kept]
    with whole_file(path) as part:
        if path.suffix.lower() == ".parquet":
            pq.write_table(pq.read_table(path).filter(kept), part)
        elif path.suffix.lower() == ".json":
            part.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        else:
            _write_csv(part, table, rows)
    return True


def _owned(path: Path, table: DeliveredTable) -> list[Owned]:
    try:
        ids = [_id(row.values, "call_id") for row in read_facts(path)]
    except CallFactsError:  # outcomes, reviews
        ids = [None] * len(table.rows)
    owned = []
    for row, call_id in zip(table.rows, ids, strict=True):
        values = {canonical_column(name): value for name, value in row.values.items()}
        owned.append(Owned(values, call_id or _id(values, "call_id"), row))
    return owned


def _id(values: Mapping[str, Any], name: str) -> str | None:
    return or_left_out(lambda: as_text(values.get(name), name), [])


def _is_theirs(owned: Owned, calls: Collection[str], rep_id: str | None, delimiter: str) -> bool:
    if owned.call_id in calls or (rep_id is not None and _id(owned.values, "rep_id") == rep_id):
        return True
    if owned.row.problem is None:
        return False
    # Its cells may stand in other columns than they are of.
    given = owned.row.given
    cells = given.split(delimiter) if isinstance(given, str) else given if isinstance(given, list) else [given]
    return any(text in calls or text == rep_id for text in (str(cell).strip(" \"'\r") for cell in cells))


def _write_csv(path: Path, table: DeliveredTable, rows: Sequence[list[str] | str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=table.delimiter, lineterminator="\n")
        writer.writerow(table.columns)
        for row in rows:
            if isinstance(row, str):
                file.write(f"{row}\n")
            else:
                writer.writerow(row)
