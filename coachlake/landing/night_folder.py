"""Where a night lies in the landing zone, and what landed there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from coachlake.lake.connection import ALIAS
from coachlake.lake.sql import Sql
from coachlake.landing.accounts import Entry
from coachlake.landing.batch import Batch, read_batch, read_batch_without_facts
from coachlake.landing.call_times import EARLIEST
from coachlake.landing.facts import CallFactsError
from coachlake.landing.identity import Held, LandedCall, across_nights
from coachlake.landing.known import known_calls
from coachlake.landing.tombstones import without_erased
from coachlake.settings import Settings


def night_folder(settings: Settings, night: date) -> Path:
    """The landing sub-folder of one night."""
    return Path(settings.landing) / night.isoformat()


def read_night(settings: Settings, night: date) -> Batch:
    """The batch of one night; see `read_nights`."""
    return read_nights(settings, [night])[0]


def read_nights(settings: Settings, nights: Sequence[date]) -> list[Batch]:
    """The batches of nights in the order given, empty where nothing landed, with calls of other nights in mind: no two
    share an id or a recording. Where call facts are missing or lack a column, each file is refused with that reason.
    """
    held_here = _held(settings, nights)
    of_night: dict[date, dict[str, Held]] = {night: {} for night in nights}
    for one in held_here:
        of_night[one.night][one.call_id] = one
    batches = [without_erased(settings, _read(settings, night, of_night[night])) for night in nights]
    ready = [facts for batch in batches for facts in batch.ready]
    ids = {call.facts.call_id for batch in batches for call in batch.calls}
    shas = {facts.file_sha256 for facts in ready if facts.file_sha256}
    elsewhere = _held(settings, nights, sorted(ids), sorted(shas)) if ids else []
    changes = across_nights({batch.batch_date: batch.calls for batch in batches}, [*held_here, *elsewhere])
    return [_changed(batch, changes[batch.batch_date]) for batch in batches]


def landed_nights(settings: Settings) -> list[date]:
    """The nights that have a folder in the landing zone, in order; a folder of a day before 2020 or to come is none."""
    landing = Path(settings.landing)
    folders = (path for path in landing.iterdir() if path.is_dir()) if landing.is_dir() else ()
    last = datetime.now(UTC).date() + timedelta(days=1)
    nights = [night for folder in folders if (night := _as_date(folder.name))]
    return sorted(night for night in nights if EARLIEST.date() <= night <= last)


def _read(settings: Settings, night: date, held: dict[str, Held]) -> Batch:
    folder = night_folder(settings, night)
    if not folder.is_dir():
        return Batch(night, ())
    if not any(not path.name.startswith("outcomes") for path in folder.iterdir()):
        return read_batch_without_facts(folder, night, "", settings.limits)
    try:
        return read_batch(folder, night, settings.limits, held)
    except CallFactsError as error:
        return read_batch_without_facts(folder, night, _in_short(error, folder), settings.limits)


def _in_short(error: CallFactsError, folder: Path) -> str:
    """The first line of what is wrong with call facts, with the columns that the lines below it name."""
    first, *more = str(error).replace(f" in {folder}", "").splitlines()
    columns = [line.split(":")[0].strip() for line in more if line.startswith("  ")]
    return f"{first.rstrip(':')}: {', '.join(columns)}" if first.endswith(":") else first.rstrip(".")


def _held(
    settings: Settings, nights: Sequence[date], ids: Sequence[str] | None = None, shas: Sequence[str] = ()
) -> list[Held]:
    """Live calls of the lake: those of these nights that are scored or asked about or, where `ids` are given, those of
    other nights with one of these ids or recordings."""
    in_nights = Sql("batch_date IN (SELECT value FROM _nights)")
    known = Sql("(call_id IN (SELECT value FROM _ids) OR audio_sha256 IN (SELECT value FROM _shas))")
    where = Sql(f"NOT is_refused AND {in_nights}") if ids is None else Sql(f"NOT {in_nights} AND {known}")
    with known_calls(settings) as connection:
        if connection is None:
            return []
        wanted = {"_nights": (nights, pa.date32()), "_ids": (ids or (), pa.string()), "_shas": (shas, pa.string())}
        for name, (values, kind) in wanted.items():
            connection.register(name, pa.table({"value": pa.array(list(values), kind)}))
        query = f"""
            SELECT call_id, batch_date, audio_sha256, started_at, status NOT IN ('scored', 'asked') AS is_refused
            FROM {ALIAS}.raw.calls
            WHERE source = 'live' AND {where}
        """
        return [Held(*row) for row in connection.execute(query).fetchall()]


def _changed(batch: Batch, changes: dict[int, LandedCall | str]) -> Batch:
    """The batch with calls refused or left out since another night has them."""
    if not changes:
        return batch
    calls, renamed, gone = [], dict[str, str](), dict[str, str]()
    for index, call in enumerate(batch.calls):
        change = changes.get(index)
        if isinstance(change, str):
            gone[call.facts.call_id] = change
            continue
        if change is not None:
            renamed[call.facts.call_id] = change.facts.call_id
        calls.append(change or call)
    ready = {call.facts.call_id for call in calls if call.reason is None}
    return replace(
        batch,
        calls=tuple(calls),
        outcomes=tuple(outcome for outcome in batch.outcomes if outcome["call_id"] in ready),
        entries=tuple(_entry(entry, renamed, gone) for entry in batch.entries),
    )


def _entry(entry: Entry, renamed: dict[str, str], gone: dict[str, str]) -> Entry:
    call_id = entry.call_id or ""
    if call_id in gone:
        return replace(entry, used_as="ignored", call_id=None, reason=gone[call_id])
    return replace(entry, call_id=renamed[call_id]) if call_id in renamed else entry


def _as_date(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None
