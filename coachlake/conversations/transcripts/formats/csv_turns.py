"""A table of turns (CSV, TSV, semicolons) with a header that names the speaker's and the text's column."""

import csv
import io
import re
from collections.abc import Sequence

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.fields import (
    END,
    ROLE,
    SPEAKER,
    START,
    TEXT,
    from_zero,
    person,
    time_s,
    unit_of,
)
from coachlake.conversations.transcripts.piece import Piece

NAME = "CSV of turns"
_DELIMITERS = ",;\t|"
# A cell may be a whole turn of many megabytes.
csv.field_size_limit(1 << 27)


def is_csv_turns(text: str) -> bool:
    """Whether the first line is a header with a speaker's and a text's column."""
    head = text.lstrip()[:5000].split("\n")[0]
    return _columns(_row(head)) is not None


def read_csv_turns(text: str) -> Transcript:
    """The transcript in a table's rows, in file order.

    Columns by their usual names (fields.py); times in seconds, as clocks (`0:06`, `00:00:06.4`), as ISO 8601 moments,
    or in milliseconds where the column's name says so. Raises UnreadableTranscriptError naming the row that is broken.
    """
    delimiter = _delimiter(text.lstrip().split("\n", 1)[0])
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip()), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableTranscriptError(f"{NAME}: a row's quotes do not close") from error
    header = rows[0]
    columns = _columns(header)
    if columns is None:
        raise UnreadableTranscriptError(f"{NAME}: no column for the speaker or the text")
    pieces = []
    people = {}
    starts, ends = (_times(rows[1:], header, columns.get(key)) for key in ("start", "end"))
    for number, (row, start, end) in enumerate(zip(rows[1:], *from_zero(starts, ends), strict=True), start=2):
        if not any(cell.strip() for cell in row):
            continue
        label = _cell(row, columns["speaker"]).strip() or None
        role = _cell(row, columns.get("role")).strip() or None
        if someone := person(label, role):
            people[someone.label] = someone
        pieces.append(
            Piece(f"row {number}", someone.label if someone else None, _cell(row, columns["text"]), start, end)
        )
    return assembled(NAME, pieces, advice="fill the speaker's column", participants=people.values())


def _row(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=_delimiter(line)), [])


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _columns(header: Sequence[str]) -> dict[str, int] | None:
    keys = [re.sub(r"[\W_]", "", name.lower()) for name in header]
    found = {}
    for what, names in (("speaker", SPEAKER), ("role", ROLE), ("text", TEXT), ("start", START), ("end", END)):
        index = next((keys.index(name) for name in names if name in keys), None)
        if index is not None:
            found[what] = index
    if "speaker" not in found and "role" in found:
        found["speaker"] = found["role"]
    return found if "speaker" in found and "text" in found else None


def _cell(row: Sequence[str], index: int | None) -> str:
    return row[index] if index is not None and index < len(row) else ""


def _times(rows: Sequence[Sequence[str]], header: Sequence[str], index: int | None) -> list[float | None]:
    if index is None:
        return [None] * len(rows)
    # A table says its unit in the column's name; without one, spreadsheets hold seconds.
    unit = unit_of(header[index]) or 1.0
    return [time_s(_cell(row, index), unit) for row in rows]
