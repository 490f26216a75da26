"""Data to take away, with the query that made it."""

import io

import pandas as pd
import streamlit as st

from coachlake.app.data import published
from coachlake.app.parts import note, says


def render(frame: pd.DataFrame, sql: str, name: str) -> None:
    """Downloads of what is shown, and its SQL."""
    st.header("Take it with you")
    says("What the charts above show, as a file; and the query that made it.")
    with st.container(horizontal=True):
        csv = frame.to_csv(index=False).encode()
        st.download_button("Download CSV", csv, f"{name}.csv", "text/csv", on_click="ignore")
        parquet = io.BytesIO()
        frame.to_parquet(parquet, index=False)
        st.download_button(
            "Download Parquet",
            parquet.getvalue(),
            f"{name}.parquet",
            "application/vnd.apache.parquet",
            on_click="ignore",
        )
    st.code(sql, language="sql", wrap_lines=True)
    note(
        f"Published snapshot {published().snapshot}. Call-level rows are in the tables calls and call_scores of the "
        "same schema, and as Parquet files in the folder “published” beside the lake."
    )
