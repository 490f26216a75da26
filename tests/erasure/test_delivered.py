"""Rows are taken out of delivered tables, and nothing else of the file changes."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coachlake.erasure.delivered import owned_rows, without_rows
from coachlake.landing.tables import read_table

_HEADER = "file;call_id;rep_id;team_id;queue;started_at;channel_layout;note"
_KEPT = [
    "b.wav;call-2;rep-2;team-1;desk;2026-11-23T09:00:00Z;mono; two, with a comma ",
    "c.wav;call-3;rep-2;team-1;desk;2026-11-23T10:00:00Z;mono;x;one too many",
    '"d.wav;call-4;rep-2;team-1;desk;2026-11-23T11:00:00Z;mono;a quote not closed',
    "e.wav;call-10;rep-10;team-1;desk;2026-11-23T12:00:00Z;mono;",
]
_THEIRS = [
    "a.wav;call-1;rep-1;team-1;desk;2026-11-23T08:00:00Z;mono;",
    "f.wav;call-1;rep-1;team-1;desk;2026-11-23T08:00:00Z;mono;x;one too many",
    '"g.wav;call-1;rep-1;team-1;desk;2026-11-23T08:00:00Z;mono;a quote not closed',
]


@pytest.mark.parametrize(("calls", "rep"), [(("call-1",), None), ((), "rep-1")])
def test_lines_that_are_no_rows_stay_or_go_with_their_call(tmp_path: Path, calls: tuple[str, ...], rep: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("\n".join([_HEADER, *_THEIRS, *_KEPT]) + "\n")
    before = [(row.values, row.problem) for row in read_table(path).rows]
    assert without_rows(path, calls, rep)
    assert path.read_text().splitlines() == [_HEADER, *_KEPT]
    assert [(row.values, row.problem) for row in read_table(path).rows] == before[len(_THEIRS) :]
    assert not without_rows(path, calls, rep)


def test_cells_of_several_lines_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text('call_id,note\ncall-1,x\ncall-2,"first\nsecond and ""third"""\n')
    assert without_rows(path, ("call-1",), None)
    assert path.read_text() == 'call_id,note\ncall-2,"first\nsecond and ""third"""\n'


def test_json_keeps_items_that_are_no_rows_and_values_of_any_kind(tmp_path: Path) -> None:
    kept = [{"call_id": "call-2", "score": 3, "tags": ["a"], "void": None}, "no row", 7]
    path = tmp_path / "outcomes.json"
    path.write_text(json.dumps([{"call_id": "call-1"}, *kept]))
    assert without_rows(path, ("call-1",), None)
    assert json.loads(path.read_text()) == kept


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.parquet"
    table = pa.table({"call_id": pa.array([1, 2, None], pa.int32()), "score": pa.array([None, 4, 5], pa.int8())})
    pq.write_table(table, path)
    assert without_rows(path, ("1",), None)
    assert pq.read_table(path).equals(table.slice(1))


def test_a_call_given_no_id_is_known_by_the_one_landing_gives(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(
        "file,rep_id,team_id,queue,started_at,channel_layout\n"
        "mon/a.wav,r,t,q,2026-11-23T08:00:00Z,mono\nmon/b.wav,r,t,q,2026-11-23T09:00:00Z,mono\n"
    )
    first, second = (row.call_id for row in owned_rows(path))
    assert first == "mon--a-20261123-080000"
    assert without_rows(path, (first,), None)
    assert [row.call_id for row in owned_rows(path)] == [second]
