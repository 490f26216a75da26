"""Where the time of the nights' calls went, stage by stage, and what 1,000 calls cost at the prices stated."""

from typing import Any

import pandas as pd
import streamlit as st

from coachlake.app.data import settings
from coachlake.app.parts import Figure, columns_of, figures, note, says, table
from coachlake.app.queries.stages import measured_calls, stage_seconds
from coachlake.display.formatting import is_missing, named, number, plural, share

_HEADS = {
    "stage": "Stage", "calls": "Calls", "clock": "Clock, s a call", "core": "Core, s a call", "gpu": "GPU, s a call",
    "share": "Of core time",
}  # fmt: skip


def time_spent(first: Any) -> None:
    """The section, for the nights from `first` on; nothing where no stage of theirs was measured."""
    stages = stage_seconds(first)
    if stages.empty:
        return
    st.header("Where time goes")
    calls, cpu_s, gpu_s = measured_calls(first), float(stages["cpu_s"].sum()), float(stages["gpu_s"].sum())
    says(
        f"{plural(calls, 'call')} of these nights took {number(cpu_s, 0, ' s')} of a core, "
        f"{number(cpu_s / calls, 2, ' s')} each. Each stage as it was last gone through."
    )
    figures(_costs(calls, cpu_s, gpu_s))
    st.html(table(_shown(stages, calls, cpu_s), _HEADS, "Seconds by stage", ["calls", "clock", "core", "gpu", "share"]))
    note(
        "A stage of its own takes no time of the one around it; “other” is the rest of a worker's time. Waiting is for "
        "a worker and costs no core. Reading the night, checks, marts and publishing are the run's, not a call's."
    )


def _costs(calls: int, cpu_s: float, gpu_s: float) -> list[Figure]:
    prices = settings().prices
    cost = prices.per_1000_calls(calls, cpu_s, gpu_s)
    if cost is None:
        return []
    return [
        Figure("1,000 calls", number(cost, 2, f" {prices.currency}".rstrip()), ["at the prices stated, calls alone"])
    ]


def _shown(stages: pd.DataFrame, calls: int, cpu_s: float) -> pd.DataFrame:
    def a_call(seconds: Any) -> str:
        return "" if is_missing(seconds) else number(seconds / calls, 3)

    return columns_of(
        stages, stage=lambda r: named(r.stage), calls=lambda r: number(r.call_count), clock=lambda r: a_call(r.wall_s),
        core=lambda r: a_call(r.cpu_s), gpu=lambda r: a_call(r.gpu_s),
        share=lambda r: "" if is_missing(r.cpu_s) or not cpu_s else share(r.cpu_s / cpu_s),
    )  # fmt: skip
