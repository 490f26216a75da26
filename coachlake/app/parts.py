"""The pieces pages are made of: sentences, figures, quotes, tables under charts, empty states."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st
from markupsafe import escape

from coachlake.app.charts import Chart
from coachlake.app.data import has, published, query
from coachlake.app.viewer import viewer
from coachlake.display.formatting import LEVEL_NAMES, clock, day, html, plural, rows

_LONG = 40  # characters from which a table's cell may wrap
_CELL = {"": "", "number": ' class="number"', "long": ' class="long"'}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what stands beside it (n, interval, comparison)."""

    name: str
    value: str
    beside: Sequence[str] = ()


def lead(text: str) -> None:
    """The sentence a page starts with. Text shows as it is, here and below; Markup has tags and escaped values."""
    st.html(f'<p class="cl-lead">{escape(text)}</p>')


def says(text: str) -> None:
    """The plain sentence above a chart that says what it shows."""
    st.html(f'<p class="cl-says">{escape(text)}</p>')


def key(*entries: tuple[str, str]) -> None:
    """What the marks of the chart below mean: (mark, meaning), marks of `coachlake.display.style.MARKS`."""
    items = "".join(f'<span><i class="{mark}" aria-hidden="true"></i>{html(says)}</span>' for mark, says in entries)
    st.html(f'<div class="cl-key">{items}</div>')


def note(text: str) -> None:
    """Small print: definitions, methods, caveats."""
    st.html(f'<p class="cl-note">{escape(text)}</p>')


def figures(shown: Sequence[Figure]) -> None:
    """A row of figures."""
    cells = "".join(
        f'<dl class="cl-figure"><dt>{html(f.name)}</dt><dd class="value">{html(f.value)}</dd>'
        + "".join(f'<dd class="beside">{html(line)}</dd>' for line in f.beside if line)
        + "</dl>"
        for f in shown
    )
    st.html(f'<div class="cl-figures">{cells}</div>')


def quotation(
    said: str,
    start_s: float | None,
    *,
    level: str | None = None,
    cue: str | None = None,
    why: str | None = None,
    brief: bool = False,
) -> str:
    """A moment as HTML: what the customer said, what the rep said, at which second, and why it counts.

    `brief`: each at most two lines, without the anchor example it was closest to; the call has it in full.
    """
    asked = f'<p><span class="who">Customer</span> “{html(cue)}”</p>' if isinstance(cue, str) else ""
    at = f" · {clock(start_s)}" if start_s is not None else ""
    badge = f'<span class="cl-level {level}">{LEVEL_NAMES[level]}</span> ' if level in LEVEL_NAMES else ""
    told = why.split(" Closest anchor example")[0] if brief and isinstance(why, str) else why
    because = f'<p class="cl-note">{badge}{html(told)}</p>' if isinstance(why, str) or badge else ""
    return (
        f'<blockquote class="cl-quote {level or ""} {"cl-brief" if brief else ""}">{asked}'
        f'<p><span class="who">Rep{at}</span> “{html(said)}”</p>{because}</blockquote>'
    )


def table(
    frame: pd.DataFrame, columns: dict[str, str], caption: str = "", numbers: Sequence[str] = (), calls: str = ""
) -> str:
    """An HTML table of texts a screen reader can walk through.

    `columns`: column of `frame` → heading; `numbers` stand to the right; the column `calls` holds call_ids and links.
    """
    head = "".join(
        f'<th scope="col"{_CELL["number"] if column in numbers else ""}>{html(title)}</th>'
        for column, title in columns.items()
    )

    def cell(column: str, value: Any) -> str:
        text = html(value)
        linked = f'<a href="call?call={quote(str(value))}" target="_self">{text}</a>' if column == calls else text
        kind = "number" if column in numbers else "long" if len(text) > _LONG else ""
        return f"<td{_CELL[kind]}>{linked}</td>"

    body = "".join(
        "<tr>" + "".join(cell(column, row[column]) for column in columns) + "</tr>" for row in frame.to_dict("records")
    )
    title = f"<caption>{html(caption)}</caption>" if caption else ""
    return (
        f'<div class="cl-scroll" tabindex="0" role="group" aria-label="{html(caption or "table")}">'
        f'<table class="cl-table">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def chart(figure: Chart, alt: str, under: str = "") -> None:
    """A chart with its text alternative, and the numbers as a table one click below."""
    st.vega_lite_chart(figure.frame, figure.spec, width="stretch", theme=None, alt=alt)
    if under:
        st.html(f'<details class="cl-table-under"><summary>The same as a table</summary>{under}</details>')


def empty(title: str, advice: str = "") -> None:
    """What stands where there is nothing to show yet, and what brings it (`commands` in backticks)."""
    told = re.sub(r"`([^`]+)`", r"<code>\1</code>", html(advice))
    more = f'<p class="cl-note">{told}</p>' if advice else ""
    st.html(f'<div class="cl-empty" role="status"><p><strong>{html(title)}</strong></p>{more}</div>')


def needs(*tables: str) -> bool:
    """Whether `tables` can be read; otherwise an empty state that says what to do is shown."""
    if has(*tables):
        return True
    if not published().tables:
        empty("Nothing is published yet.", "Run `make run`: it processes a night and publishes it. Then reload.")
    else:
        missing = ", ".join(sorted(set(tables) - published().tables))
        empty("This part is not built yet.", f"The next run publishes it ({missing}).")
    return False


def your_name(label: str, key: str, value: str = "") -> str:
    """Who says what follows: whoever has signed in, else the name they type."""
    if viewer().is_signed_in:
        st.text(f"As {viewer().person}")
        return viewer().person
    if key not in st.session_state and value:
        return st.text_input(label, key=key, value=value).strip()
    return st.text_input(label, key=key).strip()


def loading(what: str) -> Any:
    """A loading state that says what is being read."""
    return st.spinner(f"Reading {what}…", show_time=False)


def sidebar_status() -> None:
    """What the figures are from: the last published night."""
    nights = query(
        "SELECT max(batch_date) AS night, sum(scored_count) AS scored FROM lake.published.nightly_coverage",
        needs=["nightly_coverage"],
    )
    if nights.empty or pd.isna(nights["night"].iloc[0]):
        st.sidebar.caption("Nothing is published yet.")
        return
    row = nights.iloc[0]
    st.sidebar.caption(f"Published up to the night of {day(row.night)}: {plural(row.scored, 'scored call')}.")


def columns_of(frame: pd.DataFrame, **made: Callable[[Any], str]) -> pd.DataFrame:
    """A frame of texts: each keyword is a column made from each row."""
    found = rows(frame)
    return pd.DataFrame({name: [make(row) for row in found] for name, make in made.items()}, columns=list(made))
