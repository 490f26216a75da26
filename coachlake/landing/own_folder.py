"""A folder of the user's own calls into the landing zone, each call into the night it was made."""

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from coachlake.files import whole_file
from coachlake.landing.batch import AUDIO_SUFFIXES
from coachlake.landing.facts import FactRow, canonical_column, find_facts_file, is_inside, read_facts, read_table
from coachlake.landing.night_folder import night_folder
from coachlake.settings import Settings


def land_folder(settings: Settings, folder: Path) -> list[date]:
    """Copy (or hard-link) a folder's calls into the landing zone by the UTC day they started; those nights.

    A row without a usable start time, and a recording that no row names, go with the latest night, where they are
    quarantined with their reason. A night is all that was delivered for it: rows are added to those of earlier
    deliveries, and replace them where they name the same call. A call leaves only by a row whose `is_withdrawn` is
    true. Raises CallFactsError where the call facts are missing or lack a column.
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
    before = _delivered_before(target)
    table = table.rename(columns=lambda name: canonical_column(str(name)))
    table["call_id"] = [row.values["call_id"] for row in rows]
    taken = dict(zip(before["file"], before["call_id"], strict=True)) if len(before) else {}
    table["file"] = [_land_file(folder, target, row, taken) for row in rows]
    kept = before[~before["call_id"].isin(set(table["call_id"]))] if len(before) else before
    staying = table[[not row.values.get("is_withdrawn") for row in rows]]
    whole = pd.concat([kept, staying], ignore_index=True).drop(columns="is_withdrawn", errors="ignore")
    with whole_file(target / "calls.csv") as part:
        whole.to_csv(part, index=False)
    for feed in folder.glob("outcomes.csv"):
        _link(feed, target / feed.name)


def _delivered_before(target: Path) -> pd.DataFrame:
    """The rows of earlier deliveries for a night, each with the call_id it was landed under."""
    return read_table(target / "calls.csv") if (target / "calls.csv").exists() else pd.DataFrame()


def _land_file(folder: Path, target: Path, row: FactRow, taken: dict[str, str]) -> str | None:
    """Put a row's file into the night; its name there. Where that is another call's file already, it gets a folder."""
    name = row.values.get("file")
    if not name or not is_inside(name) or not (folder / str(name)).is_file():
        return str(name) if name else None
    call_id = str(row.values["call_id"])
    place = str(name) if taken.get(str(name), call_id) == call_id else f"{call_id}/{name}"
    _link(folder / str(name), target / place)
    return place


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
