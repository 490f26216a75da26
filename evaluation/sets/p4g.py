"""Persuasion for good: one asks another to donate to a charity (Wang et al. 2019). p4g/full_{dialog,info}.csv."""

from pathlib import Path

from coachlake.conversations.conversation import Conversation, Speaker, conversation_from_lines
from evaluation.sets.find import find


def persuasions(folder: Path) -> list[tuple[Conversation, bool]]:
    """Each dialogue (persuader = rep, untimed) and whether the persuadee donated anything."""
    import pandas as pd

    info = pd.read_csv(find(folder, "p4g/*info*.csv"), dtype={"B2": str})
    lines = pd.read_csv(find(folder, "p4g/*dialog*.csv"), dtype={"B2": str}, keep_default_na=False)
    donated = info[info.B4 == 1].set_index("B2").B6
    found = []
    for name, said in lines.groupby("B2", sort=False):
        turns: list[tuple[Speaker, str]] = [
            ("rep" if str(r.B4) == "0" else "customer", str(r.Unit)) for r in said.itertuples()
        ]
        found.append((conversation_from_lines(str(name), turns), bool(donated.loc[str(name)] > 0)))
    return found
