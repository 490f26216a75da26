"""Rows that a check found wrong, in few words."""

import json

import pandas as pd

_SHOWN_ROWS, _SHOWN_COLUMNS, _SHOWN_TEXT = 3, 8, 40


def observed_rows(wrong: pd.DataFrame) -> str:
    """Short JSON of wrong rows: how many there are, and the first of them with its first columns."""
    first = wrong.iloc[:_SHOWN_ROWS, :_SHOWN_COLUMNS]
    shown = [
        {str(name): _shown(value) for name, value in row.items() if not _is_missing(value)}
        for row in first.to_dict("records")
    ]
    return json.dumps({"rows": len(wrong), "first": shown}, default=str, ensure_ascii=False)


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value) or value is pd.NaT


def _shown(value: object) -> object:
    return value[:_SHOWN_TEXT] if isinstance(value, str) else value
