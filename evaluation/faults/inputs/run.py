"""The campaign of bad inputs: all of them land beside good calls, and one real nightly job runs over the lot."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from coachlake.lake.connection import lake
from coachlake.landing.facts import CallFactsError
from coachlake.landing.feeds import FeedError, read_reviews
from coachlake.landing.night_folder import night_folder
from coachlake.landing.own_folder import land_folder
from coachlake.rubrics.in_force import rubrics_in_force
from coachlake.settings import REPOSITORY, Settings, load_settings
from evaluation.faults.inputs import bad_facts, bad_feeds, bad_recordings, bad_rubrics, bad_transcripts, deliveries
from evaluation.faults.inputs.case import BadInput
from evaluation.faults.inputs.good_calls import COUNT, HEADER, facts, good_document, write_good_calls
from evaluation.faults.outcome import Outcome

_FIRST_FACTS_NIGHT = date(2026, 10, 5)
# What a reason never says to a person: an exception's own name or words.
_RAW = re.compile(
    r"unexpected \w|Traceback|\b[A-Z]\w+(?:Error|Exception)\b|has no attribute|NoneType|not subscriptable|object is not"
)
# What of a good call is compared, and the columns that say when it was processed or by whom it stands.
_COMPARED = ("calls", "call_scores", "call_evidence", "call_turns", "call_signals", "call_participants")
_GOOD = "call_id LIKE 'good-_'"


# One night as `coachlake run` makes it, for nights that have landed.
_RUN = """
from datetime import date
from rich.console import Console
from coachlake.cli.run import run_nightly
from coachlake.cli.summary import print_summary
from coachlake.settings import load_settings
settings = load_settings()
is_done = run_nightly(settings, date.fromisoformat("{first}"), date.fromisoformat("{last}"))
print_summary(settings, Console(), [date.fromisoformat(night) for night in {nights}])
raise SystemExit(0 if is_done else 1)
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that ended: its exit status and all it said."""

    status: int
    said: str


@dataclass(slots=True)
class Planted:
    """What lies in a lake's landing zone: the cases, and the nights to run."""

    cases: list[BadInput] = field(default_factory=list)
    nights: set[date] = field(default_factory=set)
    failed: list[Outcome] = field(default_factory=list)


def campaign(home: Path, profile: str = "embedded", share: float = 1.0) -> list[Outcome]:
    """Every bad input through landing, the nightly job and its checks to the published tables, and what became of it.

    `home` is an empty folder. `share` below 1 takes only every so-many-th bad recording, transcript and row, for a
    quick look. The good calls count too: each must be published exactly as it is where nothing bad lies beside it.
    """
    alone = replace(load_settings({"COACHLAKE_HOME": str(home / "alone")}), model_profile=profile)
    beside = replace(
        load_settings({"COACHLAKE_HOME": str(home / "beside"), "COACHLAKE_RUBRICS": str(home / "rubrics")}),
        model_profile=profile,
    )
    ran_alone = _run(alone, land_folder(alone, _good_folder(home / "good")))
    planted = plant(beside, home, share)
    ran = _run(beside, sorted(planted.nights))
    outcomes = [*planted.failed, *_judged(beside, planted.cases), *_screens(beside, ran)]
    return [*outcomes, *_good_outcomes(alone, beside, ran_alone, ran)]


def plant(settings: Settings, home: Path, share: float = 1.0) -> Planted:
    """Write every bad input into the landing zone and the rubric folder of `settings`, through the delivery where
    people use one; `home` is where the delivered folders lie."""
    planted = Planted()
    shutil.copytree(REPOSITORY / "rubrics", settings.rubrics, ignore=shutil.ignore_patterns("__pycache__"))
    planted.cases += list(bad_rubrics.write(settings.rubrics, settings.rubrics / "insurance_service.yaml"))
    step = max(1, round(1 / share))
    for name, write in _DELIVERIES.items():
        folder = home / name
        folder.mkdir(parents=True)
        planted.cases += write(folder, step)
        _land(settings, folder, name, planted)
    planted.cases += list(_facts_nights(settings, planted))
    for case, file, content in bad_feeds.reviews():
        Path(settings.landing, file).write_bytes(content)
        planted.cases.append(case)
    return planted


def _land(settings: Settings, folder: Path, name: str, planted: Planted) -> None:
    try:
        planted.nights |= set(land_folder(settings, folder))
    except CallFactsError as error:
        planted.failed.append(Outcome("deliveries", name, "blocked", str(error)))
    except Exception:  # what the campaign looks for
        planted.failed.append(Outcome("deliveries", name, "raw", traceback.format_exc(limit=-2)))


def _good_folder(folder: Path) -> Path:
    folder.mkdir(parents=True)
    _write_csv(folder / "calls.csv", write_good_calls(folder))
    return folder


def _write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = list(dict.fromkeys([*HEADER, *(name for row in rows for name in row)]))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _main_delivery(folder: Path, step: int) -> list[BadInput]:
    """Good calls, bad rows, bad recordings and bad transcripts, in one table."""
    rows = write_good_calls(folder)
    cases = []
    for number, (case, row) in enumerate(list(bad_facts.rows(as_json=False))[::step]):
        if row["file"].endswith(".json") and len(row["file"]) < 200:
            _write_transcript(folder / row["file"], 200 + number)
        rows.append(row)
        cases.append(case)
    deliveries.odd_entries(folder)
    named = [*list(bad_transcripts.files())[::step], *list(bad_recordings.files())[::step]]
    for number, (case, file, content) in enumerate(named):
        (folder / file).write_bytes(content)
        layout = "unknown" if case.kind == bad_recordings.KIND else "transcript"
        rows.append(facts(case.found_as, file, 5 + number, team_id="bad", channel_layout=layout, rep_name=""))
        cases.append(case)
    bad_recordings.write_six_hours(folder / "recording-six-hours.wav")
    rows.append(facts("recording-six-hours", "recording-six-hours.wav", 5, channel_layout="mono"))
    _write_csv(folder / "calls.csv", rows)
    (folder / "outcomes.csv").write_text(
        "\n".join([bad_feeds.OUTCOMES_HEADER, *(row for _, row in bad_feeds.outcome_rows())]) + "\n", encoding="utf-8"
    )
    for case, file, content in bad_feeds.outcome_files():
        (folder / file).write_bytes(content)
        cases.append(case)
    return [*cases, bad_recordings.SIX_HOURS, *(case for case, _ in bad_feeds.outcome_rows())]


def _json_delivery(folder: Path, step: int) -> list[BadInput]:
    """What only JSON can say."""
    cases, rows = [], []
    for number, (case, row) in enumerate(list(bad_facts.rows(as_json=True))[::step]):
        if isinstance(row["file"], str):
            _write_transcript(folder / row["file"], 400 + number)
        rows.append(row)
        cases.append(case)
    (folder / "calls.json").write_text(json.dumps([*rows, None, 7, "row", []]), encoding="utf-8")
    return [*cases, *deliveries.no_objects(first_row=len(rows) + 1)]


def _broken_lines(folder: Path, step: int) -> list[BadInput]:
    lines, cases = bad_facts.broken_lines()
    for name in ("csv-comma", "csv-quote", "csv-tab"):
        _write_transcript(folder / f"{name}.json", 500 + len(name))
    header = "file,rep_id,team_id,queue,started_at,channel_layout,call_id"
    (folder / "bad_lines.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return cases


_DELIVERIES = {
    "main": _main_delivery,
    "json": _json_delivery,
    "lines": _broken_lines,
    "again": deliveries.same_again,
    "conflicts": deliveries.conflicts,
    "strays": deliveries.strays,
    "dates": deliveries.dates_told_by_others,
}


def _write_transcript(path: Path, number: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(good_document(number)), encoding="utf-8")


def _facts_nights(settings: Settings, planted: Planted) -> Iterator[BadInput]:
    """Each unusable table of call facts in a night of its own, dropped into the landing zone by hand."""
    for number, (name, (file, content, says)) in enumerate(bad_facts.FILES.items()):
        night = _FIRST_FACTS_NIGHT + timedelta(days=number)
        folder = night_folder(settings, night)
        folder.mkdir(parents=True)
        if file.endswith("/"):
            (folder / file).mkdir()
        else:
            (folder / file).write_bytes(content)
        stem = f"beside-{number}"
        _write_transcript(folder / f"{stem}.json", 600 + number)
        planted.nights.add(night)
        yield BadInput("call facts as a whole", name, f"{stem}~no-facts", ("refused",), says)


def _run(settings: Settings, nights: Sequence[date]) -> Ran:
    """The nightly job over these nights and the summary on the screen, in a process of its own."""
    code = _RUN.format(first=min(nights), last=max(nights), nights=[night.isoformat() for night in sorted(nights)])
    return _process(settings, "-c", code)


def _process(settings: Settings, *arguments: str) -> Ran:
    environment = os.environ | {
        "COACHLAKE_HOME": str(settings.home),
        "COACHLAKE_RUBRICS": str(settings.rubrics),
        "COACHLAKE_MODEL_PROFILE": settings.model_profile,
        "DAGSTER_HOME": str(settings.home / "dagster"),
        "COLUMNS": "400",
    }
    done = subprocess.run(
        [sys.executable, *arguments], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )
    return Ran(done.returncode, done.stdout + done.stderr)


def _screens(settings: Settings, ran: Ran) -> Iterator[Outcome]:
    """Whether what people are shown stands: no stack trace, and numbers that add up."""
    listed = _process(settings, "-m", "coachlake.cli", "landed", "--all")
    for name, shown in (("the run", ran), ("coachlake landed", listed)):
        is_raw = "Traceback" in shown.said or "MarkupError" in shown.said
        yield Outcome("screens", name, "raw" if is_raw else "right", shown.said[-1500:] if is_raw else "")
    found = re.search(r"Delivered: (\d+) entries: ([^.]*)\.", ran.said)
    parts = [int(part.split()[0]) for part in found[2].split(", ")] if found else []
    adds_up = found is not None and sum(parts) == int(found[1]) and f"{found[1]} entries" in listed.said
    yield Outcome("screens", "the sums", "right" if adds_up else "lost", "" if adds_up else ran.said[-1500:])


def _judged(settings: Settings, cases: Sequence[BadInput]) -> Iterator[Outcome]:
    with lake(settings, read_only=True) as connection:
        calls = connection.execute(
            "SELECT call_id, status, reason FROM lake.raw.calls WHERE source = 'live'"
        ).fetchall()
        entries = connection.execute(
            "SELECT entry, used_as, reason, call_id FROM lake.raw.delivered_entries"
        ).fetchall()
    became = {call_id: ("refused" if status == "quarantined" else status, reason) for call_id, status, reason in calls}
    for entry, used_as, reason, call_id in entries:
        if used_as == "ignored":
            became.setdefault(entry, ("ignored", reason))
        elif call_id in became:
            became.setdefault(entry, became[call_id])
    told = [*rubrics_in_force(settings)[1], *_review_problems(Path(settings.landing))]
    for case in cases:
        yield judged(case, became, told)


def judged(case: BadInput, became: Mapping[str, tuple[str, str | None]], told: Sequence[str]) -> Outcome:
    """What became of one case. `became`: call_id or entry → what it came to, and the reason."""
    if case.may == ("told",):
        found = next((line for line in told if line.startswith(case.found_as)), None)
        state, reason = ("told", found) if found else (None, None)
    else:
        key = next((key for key in (case.found_as, *became) if key in became and key.startswith(case.found_as)), None)
        state, reason = became[key] if key is not None else (None, None)
    if state is None:
        return Outcome(case.kind, case.name, "lost", "it is in no table and no message")
    if reason and _RAW.search(reason):
        return Outcome(case.kind, case.name, "raw", reason)
    if state not in case.may:
        return Outcome(case.kind, case.name, "lost", f"{state}, not {' or '.join(case.may)}: {reason}")
    if case.says and case.says not in (reason or ""):
        return Outcome(case.kind, case.name, "lost", f"the reason does not say {case.says!r}: {reason}")
    return Outcome(case.kind, case.name, "right", reason or "")


def _review_problems(landing: Path) -> Iterator[str]:
    for path in sorted(landing.glob("reviews*")):
        try:
            yield from read_reviews(path).problems
        except FeedError as error:
            yield str(error)


def _good_outcomes(alone: Settings, beside: Settings, ran_alone: Ran, ran: Ran) -> Iterator[Outcome]:
    """Each good call: whether it is published exactly as it is where it lies alone."""
    failed = next((one for one in (ran_alone, ran) if one.status), None)
    note = f"the run failed: {failed.said[-1500:]}" if failed else ""
    yield Outcome("good calls beside", "the night", "blocked" if failed else "right", note)
    first, second = _good_rows(alone), _good_rows(beside)
    for number in range(COUNT):
        call_id = f"good-{number}"
        differs = [table for table in first if first[table].get(call_id) != second[table].get(call_id)]
        is_there = bool(second["calls"].get(call_id))
        is_right = is_there and not differs
        yield Outcome(
            "good calls beside",
            call_id,
            "right" if is_right else "blocked",
            f"other in {', '.join(differs)}" if differs else "",
        )


def _good_rows(settings: Settings) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    with lake(settings, read_only=True) as connection:
        for table in _COMPARED:
            try:
                query = f"SELECT * EXCLUDE (call_id), call_id FROM lake.published.{table} WHERE {_GOOD} ORDER BY ALL"
                cursor = connection.execute(query)
            except Exception:  # nothing was published
                found[table] = {}
                continue
            names = [column[0] for column in cursor.description or ()]
            rows: dict[str, list[str]] = {}
            for values in cursor.fetchall():
                row = {name: value for name, value in zip(names, values, strict=True) if name != "processed_at"}
                rows.setdefault(str(row["call_id"]), []).append(repr(sorted(row.items(), key=lambda item: item[0])))
            found[table] = rows
    return found
