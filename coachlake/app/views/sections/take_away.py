"""Data to take away, with the query that made it."""

import io
import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from coachlake.app.data import published
from coachlake.app.parts import note, says
from coachlake.display.csv import csv_of
from coachlake.lake.sql import literal


def render(frame: pd.DataFrame, sql: str, parameters: Sequence[str], name: str) -> None:
    """Downloads of what is shown, and its SQL with the values of `parameters` ($1, $2 …) in their places."""
    st.header("Take it with you")
    says("What the charts above show, as a file; and the query that made it.")
    with st.container(horizontal=True):
        st.download_button("Download CSV", csv_of(frame), f"{name}.csv", "text/csv", on_click="ignore")
        parquet = io.BytesIO()
        frame.to_parquet(parquet, index=False)
        st.download_button(
            "Download Parquet",
            parquet.getvalue(),
            f"{name}.parquet",
            "application/vnd.apache.parquet",
            on_click="ignore",
        )
    st.code(_filled(sql, parameters), language="sql", wrap_lines=True)
    note(
        f"Published snapshot {published().snapshot}. Call-level rows are in the tables calls and call_scores of the "
        "same schema, and as Parquet files in the folder “published” beside the lake."
    )


def _filled(sql: str, parameters: Sequence[str]) -> str:
    """For people to read and copy; what the page runs has its values bound."""
    return re.sub(r"\$(\d+)", lambda found: literal(parameters[int(found[1]) - 1]), sql)
