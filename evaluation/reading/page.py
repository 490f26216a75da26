"""The rows as a page to read, a sheet to fill and a key that readers do not open."""

import csv
import io
from collections.abc import Sequence
from html import escape
from pathlib import Path

from coachlake.files import write_whole
from evaluation.reading.draw import Row

PAGE, SHEET, KEY = "rows.html", "rows.csv", "key.csv"
_SHEET = ("number", "criterion", "level", "cue", "quote", "verdict", "remark")
_KEY = ("number", "data", "call_id", "rubric_id", "criterion_id", "level", "confidence")
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; color: #1d2733 }
article { border-top: 1px solid #ccd3da; padding: 1rem 0 } h2 { font-size: 1rem; margin: 0 }
p { margin: .3rem 0 } .who { color: #5b6875; display: inline-block; width: 5.5rem } mark { background: #ffe9a8 }
"""
_INTRODUCTION = """Each row claims that the marked words show this level of this skill. Would you defend that in front
of the rep? Write <b>yes</b>, <b>doubtful</b> or <b>no</b> into the column <i>verdict</i> of your own copy of rows.csv,
by yourself, without the other reader and without key.csv."""


def write_reading(rows: Sequence[Row], folder: Path) -> None:
    """Write rows.html, rows.csv (one copy a reader to fill) and key.csv into a folder, which is made if need be."""
    write_whole(folder / PAGE, _page(rows).encode())
    write_whole(folder / SHEET, _table(_SHEET, rows).encode())
    write_whole(folder / KEY, _table(_KEY, rows).encode())


def _page(rows: Sequence[Row]) -> str:
    articles = "\n".join(_article(row) for row in rows)
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Evidence to read</title>'
        f"<style>{_STYLE}</style>\n<h1>{len(rows)} rows of evidence</h1>\n<p>{_INTRODUCTION}</p>\n{articles}\n</html>\n"
    )


def _article(row: Row) -> str:
    said = "\n".join(
        f'<p><span class="who">{escape(who)}</span>{_marked(text, row.quote)}</p>' for who, text in row.around
    )
    return (
        f'<article id="row-{row.number}"><h2>{row.number}. {escape(row.criterion)}: {escape(row.level)}</h2>\n'
        f"<p><i>{escape(row.observes)}</i> {escape(row.level.capitalize())} means: {escape(row.means)}</p>\n"
        f"{said}</article>"
    )


def _marked(text: str, quote: str) -> str:
    before, found, after = text.partition(quote)
    return f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}" if found else escape(text)


def _table(columns: Sequence[str], rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([getattr(row, column, "") for column in columns] for row in rows)
    return text.getvalue()
