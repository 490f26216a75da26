"""CSV that a spreadsheet opens as text and numbers, whatever a name or quote in it holds."""

import pandas as pd

# How a cell begins that Excel, LibreOffice or Google Sheets take for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV without its index; texts, headings too, that would run as a formula get an apostrophe."""
    safe = frame.rename(columns=lambda name: _text(str(name)))
    for position, kind in enumerate(safe.dtypes):
        if not pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_datetime64_any_dtype(kind):
            safe.isetitem(position, [_cell(value) for value in safe.iloc[:, position]])
    return safe.to_csv(index=False).encode()


def _cell(value: object) -> object:
    return _text(value) if isinstance(value, str) else value


def _text(value: str) -> str:
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
