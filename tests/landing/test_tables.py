"""A table that people deliver is read row by row; what is broken costs its row, never the rows around it."""

import json
from pathlib import Path

import pandas as pd
import pytest

from coachlake.landing.facts import CallFactsError, read_facts
from coachlake.landing.tables import TableError, read_table

_HEADER = "file,rep_id,team_id,queue,started_at,channel_layout"
_AT = "2026-11-20T10:00:00Z"


def _problems(path: Path) -> list[str | None]:
    return [row.problem for row in read_facts(path)]


def test_a_broken_line_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    good = f"a.wav,r1,t1,q,{_AT},mono"
    lines = [_HEADER, good, f"{good},one,more", good.replace("q", '"q'), good, "x,y", good.replace("q", '"q, ""r"""')]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    first, more, quote, second, few, quoted = _problems(path)
    assert first is second is quoted is None
    assert "8 values for 6 columns" in (more or "")
    assert "quote" in (quote or "")
    assert "started_at is empty" in (few or "")
    assert read_facts(path)[5].values["queue"] == 'q, "r"'
    assert [row.place for row in read_facts(path)][2] == "calls.csv row 3"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_spreadsheets_write_is_read(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    text = f"{_HEADER}\nÜbung.wav,r1,t1,Störungen,{_AT},mono\n".replace(",", delimiter)
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    (row,) = read_facts(path)
    assert row.problem is None
    assert (row.values["file"], row.values["queue"]) == ("Übung.wav", "Störungen")


def test_a_quoted_line_break_in_a_column_of_their_own_is_no_break(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f'{_HEADER},note\na.wav,r1,t1,q,{_AT},mono,"one\ntwo"\nb.wav,r1,t1,q,{_AT},mono,\n')
    assert _problems(path) == [None, None]


def test_json_may_be_a_list_lines_or_a_list_inside(tmp_path: Path) -> None:
    row = {"file": "a.wav", "rep_id": 7.0, "team_id": "t", "queue": "q", "started_at": _AT, "channel_layout": "mono"}
    texts = [
        json.dumps([row, None, {**row, "queue": ["a"]}]),
        json.dumps({"calls": [row, None, {**row, "queue": ["a"]}], "version": 1}),
        f"{json.dumps(row)}\nnot json\n{json.dumps({**row, 'queue': ['a']})}\n",
    ]
    for text in texts:
        path = tmp_path / "calls.json"
        path.write_text(text, encoding="utf-8")
        good, none, listed = read_facts(path)
        assert (good.problem, good.values["rep_id"]) == (None, "7")
        assert "not an object" in (none.problem or "")
        assert "queue holds ['a'], not one value" in (listed.problem or "")


def test_parquet_lists_and_missing_values_cost_their_row(tmp_path: Path) -> None:
    row = {"file": "a.wav", "rep_id": "r", "team_id": None, "queue": "q", "channel_layout": "mono"}
    frame = pd.DataFrame([row, row, row])
    frame["started_at"] = pd.to_datetime([_AT, None, _AT])
    frame["call_id"] = pd.Series([["a", "b"], "x", "y"])
    path = tmp_path / "calls.parquet"
    frame.drop(columns="call_id").to_parquet(path)
    assert [problem and "started_at is empty" in problem for problem in _problems(path)] == [None, True, None]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("calls.csv", b"", "empty"),
        ("calls.csv", b"PK\x03\x04" + bytes(99), "Excel"),
        ("calls.json", b"[" * 100_000, "nesting"),
        ("calls.json", b"7", "list of objects"),
        ("calls.parquet", b"PAR1", "Parquet"),
    ],
)
def test_what_is_no_table_says_why(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError, match=says):
        read_table(tmp_path / name)


def test_two_columns_of_one_meaning_are_not_chosen_from(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f"{_HEADER},agent\na.wav,r1,t1,q,{_AT},mono,r2\n")
    with pytest.raises(CallFactsError, match="rep_id, agent mean rep_id"):
        read_facts(path)


@pytest.mark.parametrize(
    ("starts", "read"),
    [
        (["05/11/2026 10:00", "25/11/2026 09:00"], ["2026-11-05 10:00", "2026-11-25 09:00"]),
        (["05/11/2026 1:30 PM", "5/25/2026 12:05 am"], ["2026-05-11 13:30", "2026-05-25 00:05"]),
        (["05.11.2026", "25.11.2026"], ["2026-11-05 00:00", "2026-11-25 00:00"]),
        (["05/11/2026 10:00", "11/05/2026 10:00"], [None, None]),
        # Both orders in one table: each is read that has one reading, the other is not guessed.
        (["05/11/2026", "25/11/2026", "05/25/2026"], [None, "2026-11-25 00:00", "2026-05-25 00:00"]),
        (["05/05/2026"], ["2026-05-05 00:00"]),
    ],
)
def test_a_numeric_date_is_read_by_the_evidence_of_its_table(
    starts: list[str], read: list[str | None], tmp_path: Path
) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("\n".join([_HEADER, *(f"a.wav,r1,t1,q,{start},mono" for start in starts)]) + "\n")
    rows = read_facts(path)
    found = [row.values["started_at"] and f"{row.values['started_at']:%Y-%m-%d %H:%M}" for row in rows]
    assert found == read
    assert all((row.problem is None) == (at is not None) for row, at in zip(rows, read, strict=True))
    ambiguous = [row.problem or "" for row, at in zip(rows, read, strict=True) if at is None]
    assert all("could be" in problem for problem in ambiguous)
