"""The good calls that lie beside the bad input: what is found in them must not change by it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

NIGHT = date(2026, 11, 19)
COUNT = 5
HEADER = ("call_id", "file", "rep_id", "rep_name", "team_id", "queue", "started_at", "channel_layout", "direction",
          "rubric_id")  # fmt: skip
_LINES = (
    ("rep", "Good morning, Northgate Home Insurance, this is {name} speaking, how can I help you today?"),
    ("customer", "Hello, a branch came down on our conservatory roof last night and rain is coming in on case {n}."),
    ("rep", "I am so sorry, rain coming into your conservatory must be awful. What has been damaged so far?"),
    ("customer", "The glass, the sofa and my father's piano. I am really upset about the piano, it was his."),
    ("rep", "Your father's piano, I understand how much that hurts. Is the roof covered at the moment?"),
    ("customer", "No, nothing is covered and they say more rain is coming this evening."),
    ("rep", "Then I will send a roofer today before four, and an adjuster will call you tomorrow at nine."),
    ("customer", "Thank you, that takes a weight off my mind. I will wait for them."),
)
_NAMES = ("Ida Brandt", "Noor Haddad", "Piotr Wolny", "Grace Okoro", "Jonas Lind")


def good_turns(number: int) -> list[dict[str, Any]]:
    """Turns of a plain call in our own format, a little different for every number."""
    turns, at = [], 0.4
    for speaker, text in _LINES:
        said = text.format(name=_NAMES[number % len(_NAMES)], n=number)
        end = at + 0.36 * len(said.split()) + 0.01 * number
        turns.append({"speaker": speaker, "text": said, "start_s": round(at, 2), "end_s": round(end, 2)})
        at = end + 0.6
    return turns


def good_document(number: int) -> dict[str, Any]:
    """The same as a whole transcript document."""
    turns = good_turns(number)
    return {"format": "coachlake.transcript/1", "duration_s": turns[-1]["end_s"] + 1.0, "turns": turns}


def facts(call_id: str, file: str, number: int = 0, **other: Any) -> dict[str, Any]:
    """A row of call facts that is all right but for `other`."""
    row = {
        "call_id": call_id,
        "file": file,
        "rep_id": f"good-{number}",
        "rep_name": _NAMES[number % len(_NAMES)],
        "team_id": f"team-{number}",
        "queue": "claims",
        "started_at": f"{NIGHT}T{9 + number % 10:02d}:00:00Z",
        "channel_layout": "transcript",
        "direction": "inbound",
        "rubric_id": "insurance_service",
    }
    return row | other


def write_good_calls(folder: Path) -> list[dict[str, Any]]:
    """Transcripts of the good calls into a folder; their rows of call facts."""
    rows = []
    for number in range(COUNT):
        (folder / f"good-{number}.json").write_text(json.dumps(good_document(number)), encoding="utf-8")
        rows.append(facts(f"good-{number}", f"good-{number}.json", number))
    return rows
