"""Rows of call facts as they go wrong, and whole files of them."""

from collections.abc import Iterator
from typing import Any

from evaluation.faults.inputs.case import BadInput, Became
from evaluation.faults.inputs.good_calls import facts

KIND = "call facts"
_CLEAR: tuple[Became, ...] = ("scored", "asked")
_CALL: tuple[Became, ...] = ("scored", "asked", "refused")
# name → (what is wrong in the row, what may become of it, what the reason says).
_ROWS: dict[str, tuple[dict[str, Any], tuple[Became, ...], str | None]] = {
    "no start": ({"started_at": ""}, ("refused",), "started_at is empty"),
    "start today": ({"started_at": "today"}, ("refused",), "today"),
    "start yesterday": ({"started_at": "yesterday 10:00"}, ("refused",), "yesterday"),
    "start 1970": ({"started_at": "1970-01-01T00:00:00Z"}, ("refused",), "before 2020"),
    "start 2019": ({"started_at": "2019-12-31T23:59:59Z"}, ("refused",), "before 2020"),
    "start 2062": ({"started_at": "2062-11-19T10:00:00Z"}, ("refused",), "future"),
    "start year 9999": ({"started_at": "9999-12-31T23:59:59Z"}, ("refused",), "future"),
    "start offset overflow": ({"started_at": "0001-01-01T00:00:00+14:00"}, ("refused",), "started_at"),
    "start 31 November": ({"started_at": "2026-11-31T10:00:00Z"}, ("refused",), "2026-11-31"),
    "start 25 o'clock": ({"started_at": "2026-11-19T25:00:00Z"}, ("refused",), "25:00"),
    "start in an hour that comes twice": ({"started_at": "2026-10-25T01:30:00 Europe/London"}, ("refused",), "twice"),
    "start in an hour that never comes": ({"started_at": "2026-03-29T01:30:00 Europe/London"}, ("refused",), "never"),
    "start in no zone": ({"started_at": "2026-11-19T10:00:00 Mars/Base"}, ("refused",), "no time zone"),
    "start zone goes up": ({"started_at": "2026-11-19T10:00:00 ../../etc/passwd"}, ("refused",), "no time zone"),
    "start zone is a folder": ({"started_at": "2026-11-19T10:00:00 Europe"}, ("refused",), "no time zone"),
    "start zone twice": ({"started_at": "2026-11-19T10:00:00Z Europe/London"}, ("refused",), "besides"),
    "start of eight digits": ({"started_at": "20261119"}, ("refused",), "no ISO 8601"),
    "start epoch milliseconds": ({"started_at": "1795082400000"}, _CLEAR, None),
    "start epoch seconds": ({"started_at": "1795082401"}, _CLEAR, None),
    "start epoch of 1970": ({"started_at": "0000000012"}, ("refused",), "before 2020"),
    "start Excel serial": ({"started_at": "46345.4166"}, ("refused",), "no ISO 8601"),
    "start with arabic digits": ({"started_at": "٢٠٢٦-١١-١٩T١٠:٠٠:٠٠Z"}, ("refused", "scored"), None),
    "start of 10 kB": ({"started_at": "2026-11-19T" + "1" * 10_000}, ("refused",), "no ISO 8601"),
    "start ambiguous": ({"started_at": "05/11/2026 10:00"}, ("refused",), "5 November or 11 May"),
    "start ambiguous with dots": ({"started_at": "05.11.2026 10:00"}, ("refused",), "5 November or 11 May"),
    "start day over 31": ({"started_at": "45/11/2026"}, ("refused",), "no ISO 8601"),
    "start day and month over 12": ({"started_at": "25/25/2026"}, ("refused",), "no ISO 8601"),
    "no file": ({"file": ""}, ("refused",), "file is empty"),
    "file missing": ({"file": "never-sent.wav"}, ("refused",), "not in the folder"),
    "file in other capitals": ({"file": "GOOD-0.JSON"}, ("refused",), "good-0.json"),
    "file above": ({"file": "../../etc/passwd"}, ("refused",), "inside this folder"),
    "file absolute": ({"file": "/etc/passwd"}, ("refused",), "inside this folder"),
    "file of 300 characters": ({"file": "x" * 300 + ".wav"}, ("refused",), "not in the folder"),
    "file of 5000 characters": ({"file": "y" * 5000 + ".wav"}, ("refused",), "5004 characters"),
    "file with NUL": ({"file": "a\0b.wav"}, ("refused",), "control character"),
    "file is a folder": ({"file": "folder.wav"}, ("refused",), "a folder, not a file"),
    "file is this folder": ({"file": "."}, ("refused",), None),
    "file is a link to nothing": ({"file": "dangling.wav"}, ("refused",), "link to nothing"),
    "file is a circle of links": ({"file": "circle.wav"}, ("refused",), "cannot be"),
    "file is a pipe": ({"file": "pipe.wav"}, ("refused",), "pipe"),
    "no rep": ({"rep_id": ""}, ("asked",), "rep_id"),
    "blank team": ({"team_id": " "}, ("scored",), None),
    "rep of 600 characters": ({"rep_id": "r" * 600}, ("refused",), "600 characters"),
    "rep with a line break": ({"rep_id": "r\n1"}, ("refused",), "control character"),
    "rep name with markup": ({"rep_name": "Ida [bold]Brandt[/]"}, _CALL, None),
    "rep name as a formula": ({"rep_name": "=HYPERLINK(\"x\")"}, _CALL, None),
    "team with quotes": ({"team_id": "O'Hara's; DROP TABLE calls; --"}, ("scored",), None),
    "queue with markup": ({"queue": "<script>alert(1)</script>"}, ("scored",), None),
    "queue of 600 characters": ({"queue": "q" * 600}, ("refused",), "600 characters"),
    "rubric nobody knows": ({"rubric_id": "no_such_rubric"}, ("refused",), "no rubric"),
    "rubric as a path": ({"rubric_id": "../insurance_service"}, ("refused",), "no rubric"),
    "layout stereo": ({"channel_layout": "stereo"}, ("refused",), "channel_layout"),
    "layout blank": ({"channel_layout": ""}, ("scored",), None),
    "direction sideways": ({"direction": "sideways"}, ("refused",), "direction"),
    "csat 9": ({"csat": "9"}, ("refused",), "not between 1 and 5"),
    "csat nan": ({"csat": "nan"}, ("refused",), "no number"),
    "csat infinite": ({"csat": "inf"}, ("refused",), "no number"),
    "csat with a comma": ({"csat": "4,5"}, ("refused",), "no number"),
    "converted maybe": ({"is_converted": "maybe"}, ("refused",), "neither true nor false"),
    "withdrawn maybe": ({"is_withdrawn": "perhaps"}, ("refused",), "neither true nor false"),
    "hired on no day": ({"rep_hired_on": "sometime"}, ("scored",), None),
    "hired in year 1": ({"rep_hired_on": "0001-01-01"}, ("scored",), None),
    "hired in the future": ({"rep_hired_on": "2062-01-01"}, ("scored",), None),
}  # fmt: skip
# Only JSON can say these.
_JSON_ROWS: dict[str, tuple[dict[str, Any], tuple[Became, ...], str | None]] = {
    "start is a list": ({"started_at": [2026, 11, 19]}, ("refused",), "not one value"),
    "start is an object": ({"started_at": {"$date": "2026-11-19"}}, ("refused",), "not one value"),
    "start is true": ({"started_at": True}, ("refused",), "no ISO 8601"),
    "start is NaN": ({"started_at": float("nan")}, ("refused",), "started_at is empty"),
    "start is infinite": ({"started_at": float("inf")}, ("refused",), "no ISO 8601"),
    "start is a huge number": ({"started_at": 10**40}, ("refused",), "no ISO 8601"),
    "start is epoch milliseconds": ({"started_at": 1795082403000}, ("scored",), None),
    "rep is a list": ({"rep_id": ["a", "b"]}, ("refused",), "not one value"),
    "rep is a number": ({"rep_id": 4711.0}, ("scored",), None),
    "file is a list": ({"file": ["a.json"]}, ("refused",), "not one value"),
    "file is a number": ({"file": 17}, ("refused",), "not in the folder"),
    "team is an object": ({"team_id": {"name": "north"}}, ("refused",), "not one value"),
    "queue is half a sign": ({"queue": "claims \ud800"}, ("refused",), "control character"),
    "csat is a list": ({"csat": [5]}, ("refused",), "not one value"),
    "csat is true": ({"csat": True}, ("refused", "scored"), None),
    "converted is a number": ({"is_converted": 2}, ("refused",), "neither true nor false"),
    "direction is a number": ({"direction": 1}, ("refused",), "direction"),
}  # fmt: skip
# Ids that tools, screens and paths stumble over. They are fine, and their calls are scored.
ODD_IDS = (
    "a[/]b", "[red]x[/red]", "a/b/c", "../up", "i" * 300, "ünïcødé ☎", "a'b\"c", "a;b,c", "%s{0}$x", "-rf", "~repeat-1",
    "<b>id</b>", "NULL", "nan", "0", "=1+1", "a\\b", " spaced  id ", "a:b:empathy",
)  # fmt: skip


def rows(*, as_json: bool) -> Iterator[tuple[BadInput, dict[str, Any]]]:
    """Every case with its row; the transcript it names is `<slug>.json` where the file is not what is wrong."""
    for name, (wrong, may, says) in (_JSON_ROWS if as_json else _ROWS).items():
        call_id = f"facts-{slug(name)}"
        row = facts(call_id, f"{call_id}.json", rep_id=f"rep-{slug(name)}", team_id="bad") | wrong
        yield BadInput(KIND, name, call_id, may, says), row
    if as_json:
        return
    for number, call_id in enumerate(ODD_IDS):
        row = facts(call_id, f"odd-id-{number}.json", rep_id=f"odd-{number}", team_id="bad")
        shown = call_id.strip() if len(call_id) <= 200 else call_id[:180]
        yield BadInput(KIND, f"id {call_id[:20].strip()}", shown, ("scored",)), row


def slug(name: str) -> str:
    """A name as part of a file's name."""
    return "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in name)


# Whole files: name → (file name, bytes, what the reason says). Each lies in a night of its own beside a transcript.
_GOOD = "file,rep_id,team_id,queue,started_at,channel_layout"
FILES: dict[str, tuple[str, bytes, str]] = {
    "empty file": ("calls.csv", b"", "empty"),
    "blank lines only": ("calls.csv", b"\n\n \n", "empty"),
    "header that lacks columns": ("calls.csv", b"file,rep_id\na,b\n", "lacks"),
    "no header": ("calls.csv", b"a.json,r1,t1,q,2026-11-19T10:00:00Z,transcript\n", "lacks"),
    "binary": ("calls.csv", bytes(range(256)) * 40, "cannot be read"),
    "a spreadsheet called CSV": ("calls.csv", b"PK\x03\x04" + b"\0" * 400, "Excel"),
    "a PDF called CSV": ("calls.csv", b"%PDF-1.7 ...", "PDF"),
    "two columns of one meaning": ("calls.csv", f"{_GOOD},agent\na,r,t,q,x,mono,z\n".encode(), "keep one"),
    "header with an open quote": ("calls.csv", f'"{_GOOD}\na,r,t,q,x,mono\n'.encode(), "quote"),
    "JSON that breaks off": ("calls.json", b'[{"file": "a.json", "rep_id": "r1"', "not valid JSON"),
    "JSON that is a number": ("calls.json", b"42", "list of objects"),
    "JSON that is null": ("calls.json", b"null", "list of objects"),
    "JSON of empty list": ("calls.json", b"[]", "lacks"),
    "JSON of strings": ("calls.json", b'["a", "b"]', "lacks"),
    "JSON nested 100000 deep": ("calls.json", b"[" * 100_000, "not valid JSON"),
    "JSON with a number of 100000 digits": ("calls.json", b"[" + b"9" * 100_000 + b"]", "not valid JSON"),
    "no Parquet": ("calls.parquet", b"PAR1 nothing PAR1", "Parquet"),
    "empty Parquet": ("calls.parquet", b"", "Parquet"),
    "call facts are a folder": ("calls.csv/", b"", "no calls.csv"),
}


def broken_lines() -> tuple[list[str], list[BadInput]]:
    """Lines that break a CSV in the middle (a comma too many, a quote never closed), and what must be told of each;
    the good lines around them stay."""
    row = "{id}.json,rep-{id},bad,claims,2026-11-19T10:00:00Z,transcript,{id}"
    lines = [
        row.format(id="csv-comma") + ",one,more",
        row.format(id="csv-quote").replace("claims", '"claims'),
        "too,few",
        ",,,,,,",
        row.format(id="csv-tab").replace("claims", "cla\tims"),
    ]
    cases = [
        BadInput(KIND, "a comma too many", "csv-comma", says="values for"),
        BadInput(KIND, "a quote that is not closed", "bad_lines.csv row 2", ("refused",), "quote"),
        BadInput(KIND, "a line of two values", "bad_lines.csv row 3", ("refused",)),
        BadInput(KIND, "a tab in a name", "csv-tab", ("refused",), "control character"),
    ]
    return lines, cases
