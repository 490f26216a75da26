"""Where a night lies in the landing zone, and the feeds beside it."""

from datetime import date
from pathlib import Path

from coachlake.landing.batch import Batch, read_batch
from coachlake.landing.tombstones import without_erased
from coachlake.settings import Settings


def night_folder(settings: Settings, night: date) -> Path:
    """The landing sub-folder of one night."""
    return Path(settings.landing) / night.isoformat()


def read_night(settings: Settings, night: date) -> Batch:
    """The batch of one night; empty where nothing landed.

    Raises CallFactsError where files landed but their call facts are missing or lack a column.
    """
    folder = night_folder(settings, night)
    has_calls = folder.is_dir() and any(path.name != "outcomes.csv" for path in folder.iterdir())
    return without_erased(settings, read_batch(folder, night)) if has_calls else Batch(night, (), ())


def landed_nights(settings: Settings) -> list[date]:
    """The nights that have a folder in the landing zone, in order."""
    landing = Path(settings.landing)
    folders = (path for path in landing.iterdir() if path.is_dir()) if landing.is_dir() else ()
    return sorted(night for folder in folders if (night := _as_date(folder.name)))


def _as_date(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None
