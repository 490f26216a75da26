"""Outcomes: what scores are associated with in CSAT and conversion, plain and adjusted, to take away."""

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from coachlake.app import charts
from coachlake.app.data import query
from coachlake.app.links import choose
from coachlake.app.parts import chart, empty, key, lead, needs, note, says, table
from coachlake.app.views.sections import take_away
from coachlake.display.formatting import interval, named, number, records, signed
from coachlake.display.sentences.correlations import correlation
from coachlake.display.style import PAST, REP

_OUTCOMES = {"csat": "CSAT, 1–5", "is_converted": "Conversion"}
_SCOPES = {
    "overall": "All calls",
    "within_reps": "Within reps",
    "between_reps": "Between reps",
    "queue": "Within a queue",
}
_MEANING = {
    "overall": "over all calls",
    "within_reps": "among one rep's own calls, reps' averages taken out",
    "between_reps": "between reps' averages (few reps: wide intervals)",
    "queue": "within one queue",
}
_MARKS = (("now", "clear, the number of skills tested allowed for (q under 0.05)"), ("past", "not clear"))
_SQL = """SELECT rubric_id, criterion_id, criterion_name, outcome, scope, queue, method, n, n_reps,
    r, r_low, r_high, p, q, minimum_detectable_r,
    adjusted_effect, adjusted_low, adjusted_high, adjusted_p, adjusted_q,
    reason_code, adjusted_reason_code
FROM lake.published.outcome_correlations
WHERE rubric_id = $1 AND outcome = $2 AND scope = $3 AND queue = $4
ORDER BY abs(r) DESC NULLS LAST, criterion_id"""


def render() -> None:
    """The page."""
    st.title("Outcomes")
    if not needs("outcome_correlations"):
        return
    combinations = query(
        "SELECT DISTINCT rubric_id, outcome, scope, queue FROM lake.published.outcome_correlations ORDER BY ALL"
    )
    if combinations.empty:
        empty("Too few outcomes have arrived.", "Correlations need calls that have a score and an outcome.")
        return
    chosen = _choose(combinations)
    found = query(_SQL, tuple(chosen.values()))
    _headline(found, chosen)
    _correlations(found[found["r"].notna()], chosen)
    _adjusted(found)
    in_words = [correlation(row) for row in records(found)]
    take_away.render(found.assign(says=in_words), _SQL, tuple(chosen.values()), "outcome_correlations")


def _choose(combinations: pd.DataFrame) -> dict[str, str]:
    """What is chosen, in the order of the query's parameters."""
    columns = st.columns(4)
    left = combinations
    chosen: dict[str, str] = {}
    for column, name, label, names in zip(
        columns,
        ("rubric_id", "outcome", "scope", "queue"),
        ("Line of business", "Outcome", "Compared", "Queue"),
        (named, lambda o: _OUTCOMES[o], lambda s: _SCOPES[s], lambda q: "All queues" if q == "all" else named(q)),
        strict=True,
    ):
        with column:
            options = sorted(left[name].unique(), key=lambda v: (list(_SCOPES).index(v) if v in _SCOPES else 0, v))
            chosen[name] = choose(label, options, name, names)
            left = left[left[name] == chosen[name]]
    return chosen


def _headline(found: pd.DataFrame, chosen: dict[str, str]) -> None:
    clear = found[(found["q"] < 0.05)]
    outcome = _OUTCOMES[chosen["outcome"]].split(",")[0]
    where = _MEANING[chosen["scope"]]
    if clear.empty:
        least = found["minimum_detectable_r"].min()
        hint = "" if pd.isna(least) else f" An association of {least:.2f} or more would have been found 4 times in 5."
        lead(f"No skill is clearly associated with {outcome} {where}.{hint}")
    else:
        names = ", ".join(clear["criterion_name"])
        associated = Markup("<strong>{}</strong>").format(names)
        lead(f"Associated with {outcome} {where}: " + associated + ". An association is no proof of a cause.")


def _correlations(found: pd.DataFrame, chosen: dict[str, str]) -> None:
    st.header("Correlation of each skill with the outcome")
    if found.empty:
        note("Too few calls have both a score and this outcome.")
        return
    method = "Spearman's rank" if found["method"].iloc[0] == "spearman" else "Point-biserial"
    says(f"{method} correlation {_MEANING[chosen['scope']]}, with its 95 % interval.")
    key(*_MARKS)
    shown = _rows(found, "r", "r_low", "r_high", "q")
    text = pd.DataFrame(
        {
            "name": shown["name"],
            "r": [number(v, 2) for v in found["r"]],
            "range": [interval(a, b, 2) for a, b in zip(found["r_low"], found["r_high"], strict=True)],
            "n": [number(v) for v in found["n"]],
            "reps": [number(v) for v in found["n_reps"]],
            "p": [number(v, 3) for v in found["p"]],
            "q": [number(v, 3) for v in found["q"]],
            "least": [number(v, 2) for v in found["minimum_detectable_r"]],
        }
    )
    heads = {
        "name": "Skill", "r": "r", "range": "95 % interval", "n": "Calls", "reps": "Reps", "p": "p", "q": "q",
        "least": "Detectable r",
    }  # fmt: skip
    chart(
        charts.differences(shown, title="Correlation", form="+.2f", domain=(-1, 1)),
        f"Interval chart of {len(shown)} correlations; {int((found['q'] < 0.05).sum())} are clear.",
        table(text, heads, "Correlations", ["r", "n", "reps", "p", "q", "least"]),
    )
    note(
        "q: p after Benjamini and Hochberg over all skills of the outcome. Detectable r: an association of this size "
        "would be found four times in five with as many calls."
    )


def _adjusted(found: pd.DataFrame) -> None:
    adjusted = found[found["adjusted_effect"].notna()].sort_values("adjusted_effect", ascending=False)
    st.header("Adjusted model")
    if adjusted.empty:
        note("The adjusted model is fitted over all calls of a line; choose “All calls” under Compared.")
        return
    unit = "CSAT points" if adjusted["outcome"].iloc[0] == "csat" else "share converted"
    says(
        f"Change in {unit} that goes with ten score points, at equal duration, queue, tenure and rep, "
        "with its 95 % interval."
    )
    key(*_MARKS)
    shown = _rows(adjusted, "adjusted_effect", "adjusted_low", "adjusted_high", "adjusted_q")
    text = pd.DataFrame(
        {
            "name": shown["name"],
            "effect": [signed(v, 3) for v in adjusted["adjusted_effect"]],
            "range": [interval(a, b, 3) for a, b in zip(shown["low"], shown["high"], strict=True)],
            "n": [number(v) for v in adjusted["n"]],
            "p": [number(v, 3) for v in adjusted["adjusted_p"]],
            "q": [number(v, 3) for v in adjusted["adjusted_q"]],
        }
    )
    heads = {"name": "Skill", "effect": "Per 10 points", "range": "95 % interval", "n": "Calls", "p": "p", "q": "q"}
    chart(
        charts.differences(shown, title=f"{unit[0].upper()}{unit[1:]} per ten score points", form="+.2f"),
        f"Interval chart of {len(shown)} adjusted effects.",
        table(text, heads, "Adjusted effects", ["effect", "n", "p", "q"]),
    )


def _rows(found: pd.DataFrame, value: str, low: str, high: str, q: str) -> pd.DataFrame:
    colour: list[Any] = [REP if v < 0.05 else PAST for v in found[q]]
    return pd.DataFrame(
        {
            "name": found["criterion_name"].fillna(found["criterion_id"]).to_list(),
            "value": found[value].to_list(),
            "low": found[low].to_list(),
            "high": found[high].to_list(),
            "n": found["n"].to_list(),
            "colour": colour,
        }
    )
