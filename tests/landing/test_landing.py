"""What lands is accounted for: every file and row becomes a call, good or with a reason a person can act on."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coachlake.landing.batch import read_batch
from coachlake.landing.call_times import CallTimeError, call_time
from coachlake.landing.facts import CallFactsError
from coachlake.landing.feeds import FeedError, read_outcomes
from coachlake.landing.own_folder import land_folder
from coachlake.settings import Settings

NIGHT = date(2026, 11, 20)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
HEADER = "file,rep_id,team_id,queue,started_at,channel_layout"


def _write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "calls.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder


def test_missing_columns_are_named_with_what_they_mean(tmp_path: Path) -> None:
    folder = _write(tmp_path, "a.wav,r1", header="file,rep_id")
    with pytest.raises(CallFactsError) as error:
        read_batch(folder, NIGHT)
    for column in ("team_id", "queue", "started_at", "channel_layout"):
        assert column in str(error.value)
    assert "rep_left" in str(error.value)


def test_every_row_and_file_becomes_a_call_with_its_reason(tmp_path: Path) -> None:
    for name in ("good.wav", "same.wav"):
        (tmp_path / name).write_bytes(b"RIFF" + b"1" * 100)
    (tmp_path / "nobody_named_me.flac").write_bytes(b"2" * 100)
    (tmp_path / "empty.mp3").write_bytes(b"")
    (tmp_path / "notes.docx").write_bytes(b"3")
    at = "2026-11-20T10:00:00Z"
    folder = _write(
        tmp_path,
        f"good.wav,r1,t1,q,{at},rep_left",
        f"same.wav,r1,t1,q,{at},rep_left",
        f"missing.wav,r1,t1,q,{at},rep_left",
        f"empty.mp3,r1,t1,q,{at},mono",
        f"notes.docx,r1,t1,q,{at},mono",
        "bad_time.wav,r1,t1,q,yesterday,stereo",
        f"../outside.wav,r1,t1,q,{at},mono",
        f"good.wav,r1,t1,q,{at},rep_left",
    )
    batch = read_batch(folder, NIGHT)
    assert [call.call_id for call in batch.ready] == ["good-20261120-100000"]
    assert len({call.facts.call_id for call in batch.calls}) == len(batch.calls) == 8
    reasons = {call.facts.call_id: call.reason or "" for call in batch.refused}
    assert "same recording as call good" in reasons["same-20261120-100000"]
    assert "not in the folder" in reasons["missing-20261120-100000"]
    assert "empty" in reasons["empty-20261120-100000"]
    assert ".docx" in reasons["notes-20261120-100000"]
    assert "yesterday" in reasons["bad_time"]
    assert "stereo" in reasons["bad_time"]
    assert "inside this folder" in reasons["outside-20261120-100000"]
    entries = {entry.entry: entry for entry in batch.entries}
    assert len(entries) == len(batch.entries) == 10  # the call facts, eight rows, and the recording that none names
    assert entries["calls.csv row 1"].reason == "the same call again in calls.csv row 8, whose facts count"
    assert entries["good.wav"].call_id == "good-20261120-100000"
    assert "nobody_named_me.flac" in reasons["nobody_named_me~no-facts"]


def test_a_folder_of_own_calls_is_landed_by_day_and_its_recordings_are_left_alone(
    tmp_path: Path, empty_settings: Settings
) -> None:
    for name in ("a.wav", "b.wav", "stray.wav"):
        (tmp_path / "mine" / "night").mkdir(parents=True, exist_ok=True)
        (tmp_path / "mine" / "night" / name).write_bytes(name.encode() * 50)
    outside = tmp_path / "outside.wav"
    outside.write_bytes(b"keep me")
    folder = _write(
        tmp_path / "mine",
        "night/a.wav,r1,t1,q,2026-11-19T23:00:00-05:00,rep_left",
        "night/b.wav,r2,t1,q,2026-11-18T10:00:00Z,rep_left",
        f"{outside},r2,t1,q,2026-11-18T11:00:00Z,rep_left",
    )
    assert land_folder(empty_settings, folder) == [date(2026, 11, 18), date(2026, 11, 20)]
    landing = Path(empty_settings.landing)
    assert [call.audio_uri for call in read_batch(landing / "2026-11-20", date(2026, 11, 20)).ready] == [
        "2026-11-20/night/a.wav"
    ]
    assert land_folder(empty_settings, folder) == [date(2026, 11, 18), date(2026, 11, 20)]
    assert outside.read_bytes() == b"keep me"
    assert (folder / "night" / "a.wav").read_bytes() == b"a.wav" * 50


def _calls(settings: Settings, night: date) -> dict[str, str | None]:
    batch = read_batch(Path(settings.landing) / night.isoformat(), night)
    return {call.facts.call_id: call.reason for call in batch.calls}


def test_equal_file_names_are_different_calls(tmp_path: Path, empty_settings: Settings) -> None:
    folder = _write(
        tmp_path / "mine",
        "early/call.wav,r1,t1,q,2026-11-18T08:00:00Z,mono",
        "late/call.wav,r1,t1,q,2026-11-18T18:00:00Z,mono",
        "next/call.wav,r1,t1,q,2026-11-19T08:00:00Z,mono",
    )
    for place in ("early", "late", "next"):
        (folder / place).mkdir()
        (folder / place / "call.wav").write_bytes(place.encode() * 50)
    first, second = land_folder(empty_settings, folder)
    assert _calls(empty_settings, first) == {
        "early--call-20261118-080000": None,
        "late--call-20261118-180000": None,
    }
    assert _calls(empty_settings, second) == {"next--call-20261119-080000": None}


def test_a_night_is_all_that_was_delivered_for_it(tmp_path: Path, empty_settings: Settings) -> None:
    night = date(2026, 11, 18)
    for delivery in ("one", "two"):
        folder = _write(tmp_path / delivery, "call.wav,r1,t1,q,2026-11-18T08:00:00Z,mono,id-" + delivery,
                        header=f"{HEADER},call_id")  # fmt: skip
        (folder / "call.wav").write_bytes(delivery.encode() * 50)
        assert land_folder(empty_settings, folder) == [night]
    assert _calls(empty_settings, night) == {"id-one": None, "id-two": None}
    # Again and corrected: the same call, its newest file. Withdrawn: gone, the other one stays.
    (tmp_path / "two" / "call.wav").write_bytes(b"corrected" * 50)
    land_folder(empty_settings, tmp_path / "two")
    landed = Path(empty_settings.landing) / night.isoformat()
    assert (landed / "id-two" / "call.wav").read_bytes() == b"corrected" * 50
    assert (landed / "call.wav").read_bytes() == b"one" * 50
    _write(tmp_path / "one", "call.wav,r1,t1,q,2026-11-18T08:00:00Z,mono,id-one,yes",
           header=f"{HEADER},call_id,is_withdrawn")  # fmt: skip
    land_folder(empty_settings, tmp_path / "one")
    calls = _calls(empty_settings, night)
    assert calls["id-two"] is None
    assert "id-one" not in calls


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-18T08:00:00Z", "2026-11-18 08:00"),
        ("2026-11-18T08:00:00-05:00", "2026-11-18 13:00"),
        ("2026-11-18 08:00", "2026-11-18 08:00"),
        ("1794988800000", "2026-11-18 08:00"),
        (1794988800, "2026-11-18 08:00"),
        ("2026-07-18T08:00:00 Europe/London", "2026-07-18 07:00"),
    ],
)
def test_a_start_is_read_where_it_has_one_plain_reading(text: object, utc: str) -> None:
    assert f"{call_time(text, NOW):%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("05/11/2026", "no ISO 8601"),
        ("today", "no ISO 8601"),
        ("12", "no ISO 8601"),
        ([2026, 11], "no ISO 8601"),
        ("2019-06-03T10:00:00Z", "before 2020"),
        ("2026-11-27T10:00:00Z", "in the future"),
        ("2026-10-25T01:30:00 Europe/London", "comes twice"),
        ("2026-10-25T01:30:00 Europe/Lundon", "no time zone"),
    ],
)
def test_a_start_that_could_mean_several_times_costs_its_own_row(text: object, says: str) -> None:
    with pytest.raises(CallTimeError, match=says):
        call_time(text, NOW)


def test_a_wrong_date_or_direction_costs_its_row_and_a_blank_team_nothing(tmp_path: Path) -> None:
    for name in ("a.wav", "b.wav", "c.wav", "d.wav"):
        (tmp_path / name).write_bytes(name.encode() * 50)
    folder = _write(
        tmp_path,
        "a.wav,r1,,q,2026-11-20T08:00:00Z,mono,Incoming",
        "b.wav,r1,t1,q,2062-11-20T08:00:00Z,mono,inbound",
        "c.wav,r1,t1,q,2026-11-20T08:00:00Z,mono,sideways",
        "d.wav,r1,t1,q,2026-11-20T08:00:00Z,mono,OUT",
        header=f"{HEADER},direction",
    )
    batch = read_batch(folder, NIGHT)
    assert [(call.team_id, call.direction) for call in batch.ready] == [("no_team", "inbound"), ("t1", "outbound")]
    assert sorted((call.reason or "").split()[-1] for call in batch.refused) == ["future", "outbound"]


def test_one_recording_named_for_two_reps_is_scored_for_neither(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"a" * 50)
    at = "2026-11-20T08:00:00Z"
    folder = _write(tmp_path, f"a.wav,r1,t1,q,{at},mono,one", f"a.wav,r2,t1,q,{at},mono,two",
                    header=f"{HEADER},call_id")  # fmt: skip
    batch = read_batch(folder, NIGHT)
    assert not batch.ready
    assert all("one (r1) and two (r2)" in (call.reason or "") for call in batch.refused)


def test_outcomes_say_which_column_is_wrong_and_the_newest_row_wins(tmp_path: Path) -> None:
    feed = tmp_path / "outcomes.csv"
    feed.write_text("call_id,csat,received_at\na,9,2026-11-20T10:00:00Z\n", encoding="utf-8")
    found = read_outcomes(feed)
    assert found.table.num_rows == 0
    assert found.problems == ("outcomes.csv row 1: csat must be between 1 and 5, not 9",)
    feed.write_text(
        "call_id,csat,received_at\na,2,2026-11-21T10:00:00Z\na,5,2026-11-20T10:00:00Z\nb,,2026-11-20T10:00:00Z\n",
        encoding="utf-8",
    )
    rows = {row["call_id"]: row["csat"] for row in read_outcomes(feed).table.to_pylist()}
    assert rows == {"a": 2.0, "b": None}
    feed.write_text("call_id,csat\na,2\n", encoding="utf-8")
    with pytest.raises(FeedError, match="received_at"):
        read_outcomes(feed)
