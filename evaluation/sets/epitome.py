"""EPITOME: peer support posts and replies with levels 0/1/2 (Sharma et al. 2020). epitome/<mechanism>-reddit.csv."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evaluation.sets.find import find

Mechanism = Literal["emotional-reactions", "explorations", "interpretations"]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a post, with the level of one mechanism of empathy it shows (0 none, 1 weak, 2 strong)."""

    post_id: str
    post: str
    reply: str
    level: int


def replies(folder: Path, mechanism: Mechanism) -> list[Reply]:
    """Every reply in file order."""
    import pandas as pd

    table = pd.read_csv(find(folder, f"epitome/{mechanism}*.csv"), keep_default_na=False)
    return [
        Reply(str(r.sp_id), str(r.seeker_post), str(r.response_post), int(str(r.level))) for r in table.itertuples()
    ]
