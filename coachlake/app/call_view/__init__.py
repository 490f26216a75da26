"""The call itself: timeline, scores with evidence and transcript, driving the page's audio player without a rerun."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


@cache
def _component(stamp: float) -> Any:
    return st.components.v2.component(
        "coachlake_call",
        html='<div class="call"></div>',
        css=(_HERE / "call.css").read_text(encoding="utf-8"),
        js=(_HERE / "call.js").read_text(encoding="utf-8"),
    )


def call_view(data: dict[str, Any], key: str) -> None:
    """Mount the view. `data`: see `coachlake.app.queries.call.view_data`."""
    _component((_HERE / "call.js").stat().st_mtime)(data=data, key=key, height="content")
