"""`coachlake init` writes what files tell, says what they do not, and invents nothing."""

import os
import wave
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coachlake.cli.app import app
from coachlake.landing.batch import read_batch
from coachlake.landing.init_folder import FolderHasFactsError, init_folder


def _recording(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(b"\0\1" * 8_000)


def test_names_times_and_folders_become_facts_and_the_rest_stays_empty(tmp_path: Path) -> None:
    _recording(tmp_path / "claims" / "20261118-081500_agent-17_inbound.wav")
    _recording(tmp_path / "sales" / "2026-11-18T09.30.05 outgoing call.wav")
    _recording(tmp_path / "memo.wav")
    at = datetime(2026, 11, 17, 12, tzinfo=UTC).timestamp()
    os.utime(tmp_path / "memo.wav", (at, at))
    (tmp_path / "chat.txt").write_text("Ida: Hello, how can I help?\nSam: My roof leaks.\n", encoding="utf-8")
    os.utime(tmp_path / "chat.txt", (at, at))
    (tmp_path / "todo.txt").write_text("buy milk\n", encoding="utf-8")
    written = init_folder(tmp_path)
    assert written.calls == 4
    batch = read_batch(tmp_path, date(2026, 11, 18))
    calls = {Path(call.facts.file_path or "").name: call.facts for call in batch.calls}
    by_name = calls["20261118-081500_agent-17_inbound.wav"]
    assert (by_name.rep_id, by_name.direction, by_name.queue) == ("17", "inbound", "claims")
    assert f"{by_name.started_at:%H:%M}" == "08:15"
    by_stamp = calls["2026-11-18T09.30.05 outgoing call.wav"]
    assert (by_stamp.rep_id, by_stamp.direction, f"{by_stamp.started_at:%H:%M:%S}") == (
        "unknown",
        "outbound",
        "09:30:05",
    )
    assert calls["memo.wav"].started_at == datetime.fromtimestamp(at, UTC)
    assert calls["chat.txt"].channel_layout == "transcript"
    told = "\n".join(written.told)
    assert "started_at of 2 from the file's name" in told
    assert "rep_id is not told for 3 of 4" in told
    assert "1 other files are no calls: todo.txt" in told


def test_facts_that_are_there_are_not_written_over(tmp_path: Path) -> None:
    _recording(tmp_path / "a.wav")
    init_folder(tmp_path)
    before = (tmp_path / "calls.csv").read_bytes()
    with pytest.raises(FolderHasFactsError, match="not written over"):
        init_folder(tmp_path)
    assert (tmp_path / "calls.csv").read_bytes() == before


def test_the_command_says_what_it_wrote_and_what_to_do_next(tmp_path: Path) -> None:
    _recording(tmp_path / "[red]a[bold].wav")
    done = CliRunner().invoke(app, ["init", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "1 calls" in done.output
    assert "[red]a[bold].wav" in done.output
    assert "coachlake run" in done.output
    assert CliRunner().invoke(app, ["init", str(tmp_path / "none")]).exit_code == 2
