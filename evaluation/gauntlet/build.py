"""Cases written in YAML become folders as teams deliver them, with what is expected beside each."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

from ruamel.yaml import YAML

from coachlake.yaml_files import read_yaml
from evaluation.gauntlet.layouts import LAYOUTS, Said
from evaluation.gauntlet.outcome import Expected
from evaluation.gauntlet.recordings import Sound, can_speak, record

_HERE = Path(__file__).parent
FORMATS = _HERE / "formats"
EXPECTED = "expected.yaml"
_WORD_S, _PAUSE_S = 0.4, 0.5
_FACTS = {
    "rep_id": "r-mona",
    "team_id": "north",
    "queue": "claims",
    "started_at": "2026-10-06T10:00:00Z",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A folder to deliver: its kind, its name, and its calls as YAML has them."""

    kind: str
    name: str
    calls: tuple[dict[str, Any], ...]

    @property
    def is_spoken(self) -> bool:
        """Whether it holds recordings."""
        return any("sound" in call for call in self.calls)


def written(name: str) -> Any:
    """The content of a file of `cases/`."""
    return read_yaml(_HERE / "cases" / f"{name}.yaml")


def cases() -> Iterator[Case]:
    """Every case, kind by kind; one a layout where a case names several."""
    for file in sorted((_HERE / "cases").glob("*.yaml")):
        if file.stem == "dialogues":
            continue
        content = written(file.stem)
        for case in content["cases"]:
            calls = case.get("calls") or [case]
            for layout in case.get("layouts") or [None]:
                name = f"{case['name']}-{layout}" if layout else case["name"]
                laid_out = tuple(call | ({"layout": layout} if layout else {}) for call in calls)
                yield Case(content["kind"], name, laid_out)


def build(chosen: Sequence[Case], folder: Path) -> int:
    """Write the cases as `folder/<case>`, those with several deliveries as `folder/<case>/<n>`; how many recordings
    were left out because the offline voice is not installed."""
    left_out = 0
    dialogues = written("dialogues")
    for case in chosen:
        if case.is_spoken and not can_speak():
            left_out += 1
            continue
        _build(case, folder / case.name, dialogues)
    return left_out


def _build(case: Case, folder: Path, dialogues: dict[str, list[str]]) -> None:
    folder.mkdir(parents=True)
    rows: dict[int, list[dict[str, str]]] = {}
    expected = {}
    for index, call in enumerate(case.calls):
        turns = _turns(call, dialogues, shift_s=float(index))
        delivery = int(call.get("delivery", 0))
        place = folder / str(delivery) if any("delivery" in other for other in case.calls) else folder
        name = _write(call, turns, place, index, is_alone=len(case.calls) == 1)
        facts = {name: str(value) for name, value in (call.get("facts") or {}).items()}
        row = _FACTS | {"file": name, "call_id": case.name if len(case.calls) == 1 else f"{case.name}-{index}"} | facts
        row.setdefault("channel_layout", "unknown" if "sound" in call else "transcript")
        rows.setdefault(delivery, []).append(row)
        expected[call.get("expect_id") or row["call_id"]] = asdict(_expected(call, turns))
    for delivery, delivered in rows.items():
        place = folder / str(delivery) if (folder / str(delivery)).is_dir() else folder
        _write_facts(place / "calls.csv", delivered)
    with (folder / EXPECTED).open("w", encoding="utf-8") as sink:
        YAML(typ="safe").dump(_plain(expected), sink)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _turns(call: dict[str, Any], dialogues: dict[str, list[str]], shift_s: float) -> list[Said]:
    """What is said and when. A line is "who: text"; "who~" marks words that are not to be scored."""
    people = call.get("people") or {}
    turns, now = [], 0.5 + shift_s
    for line in call.get("turns") or dialogues[call["dialogue"]]:
        who, text = line.split(": ", 1)
        end = now + _WORD_S * max(2, len(text.split()))
        turns.append(Said(who, people.get(who.rstrip("~"), who.rstrip("~")), round(now, 3), round(end, 3), text))
        now = end + _PAUSE_S
    return turns


def _write(call: dict[str, Any], turns: Sequence[Said], folder: Path, index: int, *, is_alone: bool) -> str:
    """Write a call's file; its name within the folder."""
    folder.mkdir(exist_ok=True)
    if "sound" in call:
        sound = Sound(**call["sound"])
        name = f"call{sound.suffix}" if is_alone else f"call{index}{sound.suffix}"
        record(folder / name, turns, sound)
        return name
    if "format" in call:
        copyfile(FORMATS / call["format"], folder / call["format"])
        return str(call["format"])
    name, write = LAYOUTS[call.get("layout", "zoom")]
    name = str(call.get("file") or (name if is_alone else f"{index}-{name}"))
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes((call.get("text") or write(turns)).encode(call.get("encoding", "utf-8")))
    return name


def _expected(call: dict[str, Any], turns: Sequence[Said]) -> Expected:
    """`expect` is "scored", "asked", "refused" or "refused: WORD" of the reason, or a list of these."""
    options = call["expect"] if isinstance(call["expect"], list) else [call["expect"]]
    reason = next((option.split(": ")[1] for option in options if ": " in option), None)
    return Expected(
        tuple(option.split(":")[0] for option in options),
        reason,
        rep=_words_of("rep", turns),
        customer=_words_of("customer", turns),
        is_heard="sound" in call,
        row=call.get("row") or {},
    )


def _words_of(who: str, turns: Sequence[Said]) -> str:
    return " ".join(turn.text for turn in turns if turn.who == who)


def _write_facts(path: Path, rows: Sequence[dict[str, str]]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as sink:
        writer = csv.DictWriter(sink, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
