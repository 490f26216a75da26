"""However calls arrive (late, again, in parts, in another order, around midnight and clock changes), a night is the
same; an id never stands for two recordings; corrections and withdrawals are said, not guessed."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from coachlake.lake.connection import create_raw_tables, lake
from coachlake.lake.rows import CallFacts, quarantined_rows, to_tables
from coachlake.lake.writer import replace_calls
from coachlake.landing.batch import Batch
from coachlake.landing.night_folder import landed_nights, read_nights
from coachlake.landing.own_folder import land_folder
from coachlake.settings import Settings, load_settings

_HEADER = ("file", "rep_id", "team_id", "queue", "started_at", "channel_layout", "call_id", "csat", "is_correction",
           "is_withdrawn")  # fmt: skip


def _row(call_id: str, started_at: str, **other: str) -> dict[str, str]:
    row = {"file": f"{call_id}.json", "rep_id": "r1", "team_id": "t1", "queue": "q", "channel_layout": "transcript"}
    return row | {"started_at": started_at, "call_id": call_id} | other


def _deliver(settings: Settings, folder: Path, rows: Sequence[dict[str, str]], content: str = "") -> list[date]:
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        if row["file"]:
            (folder / row["file"]).write_text(json.dumps({"call": row["file"], "version": content}), encoding="utf-8")
    with (folder / "calls.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, _HEADER, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return land_folder(settings, folder)


def _settings(home: Path) -> Settings:
    return load_settings({"COACHLAKE_HOME": str(home)})


def _landed(settings: Settings) -> dict[date, list[Any]]:
    """Night → everything that its rows and tables are made of, in no order."""
    return {batch.batch_date: _content(batch) for batch in _batches(settings) if batch.calls}


def _content(batch: Batch) -> list[Any]:
    calls = [({**asdict(call.facts), "file_path": None}, call.reason) for call in batch.calls]
    return [sorted(calls, key=str), sorted(batch.outcomes, key=str)]


def _batches(settings: Settings) -> list[Batch]:
    return read_nights(settings, landed_nights(settings))


def _calls(settings: Settings) -> dict[str, str | None]:
    return {call.facts.call_id: call.reason for batch in _batches(settings) for call in batch.calls}


_MIDNIGHT = [
    _row("before", "2026-11-17T23:59:59Z", csat="4"),
    _row("after", "2026-11-18T00:00:00Z", csat="2"),
    _row("over", "2026-11-17T19:59:00-05:00"),
    _row("late", "2026-11-18T09:00:00Z"),
]
# The hour that comes twice (told by its offset) and the days around it; and the one that never comes.
_CLOCKS = [
    _row("first-half-past-one", "2025-10-26T01:30:00+01:00"),
    _row("second-half-past-one", "2025-10-26T01:30:00+00:00"),
    _row("evening", "2025-10-26T23:30:00 Europe/London"),
    _row("spring", "2026-03-29T03:30:00+01:00"),
    _row("spring-named", "2026-03-29T02:30:00 Europe/London"),
]


@pytest.mark.parametrize("rows", [_MIDNIGHT, _CLOCKS], ids=["midnight", "clock changes"])
def test_parts_in_any_order_and_repeated_are_the_same_calls_at_once(rows: list[dict[str, str]], tmp_path: Path) -> None:
    at_once = _settings(tmp_path / "at-once")
    _deliver(at_once, tmp_path / "all", rows)
    whole = _landed(at_once)
    assert sum(len(calls) for calls, _ in whole.values()) == len(rows)
    assert all(reason is None for calls, _ in whole.values() for _, reason in calls)
    for number, order in enumerate(list(permutations(rows))[:: 7 if len(rows) == 4 else 29]):
        split = _settings(tmp_path / f"split-{number}")
        for part, row in enumerate(order):
            _deliver(split, tmp_path / f"part-{number}-{part}", [row])
        _deliver(split, tmp_path / f"again-{number}", order[:2])
        _deliver(split, tmp_path / f"all-again-{number}", rows)
        assert _landed(split) == whole


def test_nights_around_midnight_and_clock_changes_are_utc_days(tmp_path: Path) -> None:
    settings = _settings(tmp_path / "home")
    _deliver(settings, tmp_path / "one", [*_MIDNIGHT, *_CLOCKS])
    found = {batch.batch_date: sorted(call.call_id for call in batch.ready) for batch in _batches(settings)}
    assert found == {
        date(2025, 10, 26): ["evening", "first-half-past-one", "second-half-past-one"],
        date(2026, 3, 29): ["spring", "spring-named"],
        date(2026, 11, 17): ["before"],
        date(2026, 11, 18): ["after", "late", "over"],
    }


def test_a_row_twice_in_one_table_is_the_row_once(tmp_path: Path) -> None:
    once, twice = _settings(tmp_path / "once"), _settings(tmp_path / "twice")
    _deliver(once, tmp_path / "a", _MIDNIGHT)
    _deliver(twice, tmp_path / "b", [*_MIDNIGHT, _MIDNIGHT[0]])
    assert _landed(twice) == _landed(once)
    left_out = [entry for batch in _batches(twice) for entry in batch.entries if entry.used_as == "ignored"]
    assert [entry.reason for entry in left_out] == ["the same call again in calls.csv row 5, whose facts count"]


def test_an_id_of_another_recording_or_start_is_refused_with_both_named(tmp_path: Path) -> None:
    settings = _settings(tmp_path / "home")
    _deliver(settings, tmp_path / "one", [_row("id", "2026-11-17T09:00:00Z")])
    _deliver(settings, tmp_path / "two", [_row("id", "2026-11-18T09:00:00Z")], content="another")
    _deliver(settings, tmp_path / "three", [_row("id", "2026-11-17T10:00:00Z")])
    calls = _calls(settings)
    assert calls.pop("id") is None
    assert len(calls) == 2
    for reason in calls.values():
        assert "id.json, started 2026-11-17T09:00:00+00:00" in (reason or "")
        assert "is_correction" in (reason or "")


def test_a_correction_replaces_wherever_the_call_was_and_a_withdrawal_removes(tmp_path: Path) -> None:
    settings = _settings(tmp_path / "home")
    _deliver(settings, tmp_path / "one", [_row("id", "2026-11-17T09:00:00Z"), _row("other", "2026-11-17T10:00:00Z")])
    corrected = _row("id", "2026-11-18T09:00:00Z", is_correction="true")
    nights = _deliver(settings, tmp_path / "two", [corrected], content="another")
    assert nights == [date(2026, 11, 17), date(2026, 11, 18)]
    found = {batch.batch_date.day: [call.call_id for call in batch.ready] for batch in _batches(settings)}
    assert found == {17: ["other"], 18: ["id"]}
    _deliver(settings, tmp_path / "three", [_row("id", "2026-11-18T09:00:00Z", is_withdrawn="yes")])
    assert _calls(settings) == {"other": None}


def test_what_was_refused_is_mended_by_the_next_delivery(tmp_path: Path) -> None:
    settings = _settings(tmp_path / "home")
    _deliver(settings, tmp_path / "one", [_row("id", "yesterday")])
    assert "yesterday" in (_calls(settings)["id"] or "")
    _deliver(settings, tmp_path / "one", [_row("id", "2026-11-18T09:00:00Z")])
    assert _calls(settings) == {"id": None}


def test_a_stray_that_is_named_later_is_a_call_once(tmp_path: Path) -> None:
    settings = _settings(tmp_path / "home")
    folder = tmp_path / "mine"
    _deliver(settings, folder, [_row("named", "2026-11-18T09:00:00Z")])
    (folder / "late.json").write_text('{"turns": [{"speaker": "rep", "text": "hello"}]}', encoding="utf-8")
    land_folder(settings, folder)
    assert "no row" in (_calls(settings)["late~no-facts"] or "")
    rows = [_row("named", "2026-11-18T09:00:00Z"), _row("late", "2026-11-12T09:00:00Z")]
    _deliver(settings, folder, rows)
    (folder / "late.json").write_text('{"turns": [{"speaker": "rep", "text": "hello"}]}', encoding="utf-8")
    land_folder(settings, folder)
    assert _calls(settings) == {"named": None, "late": None}


def _night_by_hand(settings: Settings, night: str, call_id: str, content: str, started_at: str, **other: str) -> None:
    folder = Path(settings.landing) / night
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.json").write_text(content, encoding="utf-8")
    row = _row(call_id, started_at, file="a.json") | other
    with (folder / "calls.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, _HEADER, restval="")
        writer.writeheader()
        writer.writerow(row)


def _hold(settings: Settings, facts: CallFacts) -> None:
    """Put a call into the lake as scored."""
    rows = quarantined_rows(facts, "", "v")
    rows["calls"][0] |= {"status": "scored", "reason": None}
    replace_calls(settings, to_tables(rows))


def test_nights_dropped_by_hand_never_share_an_id_or_a_recording(tmp_path: Path) -> None:
    settings = _settings(tmp_path / "home")
    at = "2026-11-17T09:00:00Z"
    _night_by_hand(settings, "2026-11-17", "id", "one", at)
    _night_by_hand(settings, "2026-11-18", "id", "another", "2026-11-18T09:00:00Z")
    _night_by_hand(settings, "2026-11-19", "copy", "one", "2026-11-19T09:00:00Z")
    _night_by_hand(settings, "2026-11-20", "id", "one", at)
    first, second, third, fourth = _batches(settings)
    assert [call.call_id for call in first.ready] == ["id"]
    assert [call.facts.call_id for call in second.refused] == ["id~2026-11-18"]
    assert "of the night 2026-11-17" in (second.refused[0].reason or "")
    assert third.refused[0].reason == "the same recording as call id of the night 2026-11-17"
    assert fourth.calls == ()
    assert [entry.reason for entry in fourth.entries if entry.entry == "a.json"] == [
        "delivered before, with the night 2026-11-17"
    ]


def test_who_was_scored_first_keeps_the_id_when_an_earlier_call_arrives_late(tmp_path: Path) -> None:
    settings = _settings(tmp_path / "home")
    _night_by_hand(settings, "2026-11-18", "id", "one", "2026-11-18T09:00:00Z")
    (batch,) = _batches(settings)
    _hold(settings, batch.ready[0])
    _night_by_hand(settings, "2026-11-17", "id", "another", "2026-11-17T09:00:00Z")
    late, scored = _batches(settings)
    assert [call.call_id for call in scored.ready] == ["id"]
    assert [call.facts.call_id for call in late.refused] == ["id~2026-11-17"]


def test_outcomes_are_additive_and_the_last_received_counts(tmp_path: Path) -> None:
    from coachlake.landing.feeds import newest_of, read_outcomes

    rows = {
        "one": "id,2,2026-11-18T10:00:00Z",
        "two": "id,5,2026-11-18T12:00:00Z",
        "three": "id,3,2026-11-17T10:00:00Z",
    }
    for number, order in enumerate(permutations(rows)):
        settings = _settings(tmp_path / f"home-{number}")
        for name in order:
            folder = tmp_path / f"{number}-{name}"
            folder.mkdir()
            (folder / "outcomes.csv").write_text(f"call_id,csat,received_at\n{rows[name]}\n", encoding="utf-8")
            land_folder(settings, folder)
        feeds = [read_outcomes(path).table for path in sorted(Path(settings.landing).glob("*/outcomes*"))]
        assert len(feeds) == 3
        assert [row["csat"] for row in newest_of(feeds).to_pylist()] == [5.0]


def test_an_older_outcome_that_comes_late_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    from coachlake.lake.writer import upsert_newer
    from coachlake.landing.feeds import read_outcomes

    settings = _settings(tmp_path / "home")
    for name, row in {"new": "id,5,2026-11-18T12:00:00Z", "old": "id,1,2026-11-17T12:00:00Z"}.items():
        feed = tmp_path / f"outcomes-{name}.csv"
        feed.write_text(f"call_id,csat,received_at\n{row}\n", encoding="utf-8")
        upsert_newer(settings, "outcomes", read_outcomes(feed).table, by="received_at")
    with lake(settings) as connection:
        create_raw_tables(connection)
        assert connection.execute("SELECT csat FROM lake.raw.outcomes").fetchall() == [(5.0,)]
