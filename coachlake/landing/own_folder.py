"""A folder of the user's own calls into the landing zone, each call into the night it was made."""

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from coachlake.files import whole_file
from coachlake.landing.batch import AUDIO_SUFFIXES
from coachlake.landing.facts import FactRow, find_facts_file, is_inside, read_facts, read_table
from coachlake.landing.night_folder import night_folder
from coachlake.settings import Settings


def land_folder(settings: Settings, folder: Path) -> list[date]:
    """Copy (or hard-link) a folder's calls into the landing zone by the UTC day they started; those nights.

    A row without a usable start time, and a recording that no row names, go with the latest night, where they are
    quarantined with their reason. Landing the same folder again replaces it. Raises CallFactsError where the call
    facts are missing or lack a column.
    """
    facts_file = find_facts_file(folder)
    rows = read_facts(facts_file)
    table = read_table(facts_file)
    nights = [_night(row) for row in rows]
    latest = max((night for night in nights if night), default=datetime.now(UTC).date())
    of_row = [night or latest for night in nights]
    for night in sorted(set(of_row)):
        chosen = [index for index, at in enumerate(of_row) if at == night]
        _land_night(settings, folder, night, table.iloc[chosen], [rows[index] for index in chosen])
    _land_unnamed(folder, night_folder(settings, latest), rows)
    return sorted({*of_row, latest}) if rows else []


def _night(row: FactRow) -> date | None:
    started_at = row.values.get("started_at")
    return started_at.date() if started_at is not None else None


def _land_night(settings: Settings, folder: Path, night: date, table: pd.DataFrame, rows: Sequence[FactRow]) -> None:
    target = night_folder(settings, night)
    target.mkdir(parents=True, exist_ok=True)
    for row in rows:
        name = row.values.get("file")
        if name and is_inside(name) and (folder / str(name)).is_file():
            _link(folder / str(name), target / str(name))
    with whole_file(target / "calls.csv") as part:
        table.to_csv(part, index=False)
    for feed in folder.glob("outcomes.csv"):
        _link(feed, target / feed.name)


def _land_unnamed(folder: Path, target: Path, rows: Sequence[FactRow]) -> None:
    named = {(folder / str(row.values["file"])).resolve() for row in rows if row.values.get("file")}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in AUDIO_SUFFIXES and path.resolve() not in named:
            _link(path, target / path.relative_to(folder))


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without hard links
        shutil.copyfile(source, target)
