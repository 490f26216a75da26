"""`coachlake status`: the last good night, what runs, what is held back and why, and what to do, on one screen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import dagster as dg
import duckdb
import typer
from rich.console import Console
from rich.markup import escape

from coachlake.cli.environment import prepare_environment
from coachlake.lake.connection import LakeUnreadableError, lake
from coachlake.lake.publish import held_back, published_tables
from coachlake.landing.night_folder import landed_nights
from coachlake.settings import Settings, load_settings
from orchestration.runs.dead_runs import dead_runs, living_runs
from orchestration.runs.turn import describe_run

_PINNED = re.compile(r"VERSION => (\d+)")
_REASONS = 5  # most frequent reasons named


@dataclass(slots=True)
class Status:
    """What there is to say, each a list of lines; `to_do` are commands with what they are for."""

    last_night: str = "no night has been published yet"
    running: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    to_do: list[str] = field(default_factory=list)


def status() -> None:
    """Last good night, what is running, what is held back and why, what to do."""
    settings = load_settings()
    found = read_status(settings)
    console = Console(soft_wrap=True)
    console.print(f"[bold]Last good night[/bold]  {escape(found.last_night)}", highlight=False)
    for title, lines, none in (
        ("Running", found.running, "nothing"),
        ("Held back", found.held, "nothing"),
        ("To do", found.to_do, "nothing"),
    ):
        console.print(f"[bold]{title}[/bold]", highlight=False)
        for line in lines or [none]:
            console.print(f"  {escape(line)}", highlight=False)
    raise typer.Exit(1 if found.held else 0)


def read_status(settings: Settings) -> Status:
    """The status of a lake and of the runs on it; changes nothing."""
    found = Status()
    _add_runs(settings, found)
    try:
        with lake(settings, read_only=True) as connection:
            _add_nights(settings, connection, found)
            _add_calls(connection, found)
        for table, why in held_back(settings).items():
            found.held.append(f"{table} shows an earlier state: {why}")
    except FileNotFoundError:
        found.to_do.append("coachlake run FOLDER: there is no lake yet")
    except (LakeUnreadableError, duckdb.Error) as error:
        found.held.append(str(error).splitlines()[0])
        found.to_do.append("coachlake lake verify: what of the lake can be read")
    return found


def _add_runs(settings: Settings, found: Status) -> None:
    prepare_environment(settings)
    with dg.DagsterInstance.get() as instance:
        found.running += [describe_run(instance, record) for record in living_runs(instance)]
        for dead in dead_runs(instance):
            found.held.append(f"{dead} without a word")
            found.to_do.append("coachlake run: the next run takes over what it had finished")
        for record in instance.get_run_records(limit=1):
            if record.dagster_run.status == dg.DagsterRunStatus.FAILURE:
                found.held += [f"the last run failed in {step}" for step in _failed_steps(instance, record)]
                found.to_do.append(f"{settings.home / 'logs'}: why; then run again")


def _failed_steps(instance: dg.DagsterInstance, record: dg.RunRecord) -> Iterator[str]:
    for step in instance.get_run_step_stats(record.dagster_run.run_id):
        if step.status is not None and step.status.value == "FAILURE":
            yield step.step_key


def _add_nights(settings: Settings, connection: duckdb.DuckDBPyConnection, found: Status) -> None:
    night = None
    if "calls" in published_tables(connection):
        query = "SELECT max(batch_date), count(*) FROM lake.published.calls WHERE source = 'live'"
        [(night, calls)] = connection.execute(query).fetchall()
        if night is not None:
            found.last_night = f"{night:%d %b %Y}, published {_published_at(connection)}; {calls} calls in all"
    if waiting := [landed for landed in landed_nights(settings) if night is None or landed > night]:
        found.held.append(f"{len(waiting)} landed nights are not published: {_listed(waiting)}")
        found.to_do.append("coachlake run: they are landed and wait for a run")


def _published_at(connection: duckdb.DuckDBPyConnection) -> str:
    [(sql,)] = connection.execute(
        "SELECT sql FROM duckdb_views() "
        "WHERE database_name = 'lake' AND schema_name = 'published' AND view_name = 'calls'"
    ).fetchall()
    pinned = _PINNED.search(sql)
    assert pinned is not None
    [(at,)] = connection.execute(
        "SELECT snapshot_time FROM ducklake_snapshots('lake') WHERE snapshot_id = ?", [int(pinned.group(1))]
    ).fetchall()
    return f"{at:%d %b %H:%M} UTC" if isinstance(at, datetime) else str(at)


def _add_calls(connection: duckdb.DuckDBPyConnection, found: Status) -> None:
    newest = "batch_date = (SELECT max(batch_date) FROM lake.raw.calls WHERE source = 'live') AND source = 'live'"
    [(asked,)] = connection.execute(
        "SELECT count(*) FROM lake.raw.calls WHERE status = 'asked' AND source = 'live'"
    ).fetchall()
    if asked:
        found.held.append(f"{asked} calls wait for an answer: who is the rep?")
        found.to_do.append("coachlake roles, or the app's page “Who is the rep?”")
    reasons = connection.execute(
        f"SELECT reason, count(*) FROM lake.raw.calls WHERE status = 'quarantined' AND {newest} "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    for reason, count in reasons[:_REASONS]:
        found.held.append(f"{count} quarantined in the newest night: {reason}")
    if len(reasons) > _REASONS:
        found.held.append(f"and {len(reasons) - _REASONS} more reasons, on the app's page Data quality")


def _listed(nights: list[date]) -> str:
    named = ", ".join(map(str, nights[-3:]))
    return named if len(nights) <= 3 else f"{named} and {len(nights) - 3} before"
