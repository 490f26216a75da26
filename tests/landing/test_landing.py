"""What lands is accounted for: every file and row becomes a call, good or with a reason a person can act on."""

from datetime import date
from pathlib import Path

import pytest

from coachlake.landing.batch import read_batch
from coachlake.landing.facts import CallFactsError
from coachlake.landing.feeds import FeedError, read_outcomes
from coachlake.landing.own_folder import land_folder
from coachlake.settings import Settings

NIGHT = date(2026, 11, 20)
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
    assert [call.call_id for call in batch.ready] == ["good"]
    assert len({call.facts.call_id for call in batch.calls}) == len(batch.calls) == 9
    reasons = {call.facts.call_id: call.reason or "" for call in batch.refused}
    assert "same recording as call good" in reasons["same"]
    assert "not in the folder" in reasons["missing"]
    assert "empty" in reasons["empty"]
    assert ".docx" in reasons["notes"]
    assert "yesterday" in reasons["bad_time"]
    assert "stereo" in reasons["bad_time"]
    assert "inside this folder" in reasons["outside"]
    assert "more than once" in reasons["good~repeat-1"]
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


def test_outcomes_say_which_column_is_wrong_and_the_newest_row_wins(tmp_path: Path) -> None:
    feed = tmp_path / "outcomes.csv"
    feed.write_text("call_id,csat,received_at\na,9,2026-11-20T10:00:00Z\n", encoding="utf-8")
    with pytest.raises(FeedError, match="csat must be between 1 and 5"):
        read_outcomes(feed)
    feed.write_text(
        "call_id,csat,received_at\na,2,2026-11-21T10:00:00Z\na,5,2026-11-20T10:00:00Z\nb,,2026-11-20T10:00:00Z\n",
        encoding="utf-8",
    )
    rows = {row["call_id"]: row["csat"] for row in read_outcomes(feed).to_pylist()}
    assert rows == {"a": 2.0, "b": None}
