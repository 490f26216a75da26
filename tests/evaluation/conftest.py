"""Models are loaded once for all tasks, and small sets are written here in the layout of the published ones."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluation.kit import EvaluationKit

# Satisfaction as three raters put it, and who says what.
_CHATS: tuple[tuple[tuple[int, ...], tuple[tuple[str, str], ...]], ...] = (
    (
        (2, 2, 1),
        (
            ("customer", "The kettle I bought from you leaks all over the counter, and my kitchen floor is swelling."),
            ("helpdesk", "Oh no, a swollen kitchen floor from a new kettle. What was in it when it leaked?"),
            ("customer", "Just water, about half full. I've had to put towels everywhere."),
            ("helpdesk", "I'm sending you a new one, it will be with you on Tuesday before noon."),
        ),
    ),
    (
        (-2, -1, -2),
        (
            ("customer", "My parcel has been at your depot for nine days and nobody answers. What is going on there?"),
            ("helpdesk", "You have to wait."),
            ("customer", "I have waited. This is outrageous, I want my money back today."),
            ("helpdesk", "Maybe it will arrive, I guess. You should have ordered earlier."),
        ),
    ),
    (
        (0, 1, 0),
        (
            ("customer", "Can I swap the blue tent for the green one? I haven't opened it yet."),
            ("helpdesk", "Yes, put it back into its bag and take it to any of our shops with the receipt."),
            ("customer", "All right, I'll do that."),
            ("helpdesk", "Is there anything else?"),
        ),
    ),
)
_LTURN = """<nite:root id='{call}.lturn.{side}' xmlns:nite='http://nite.sourceforge.net/'>{turns}</nite:root>"""
_Said = tuple[str, Sequence[tuple[str, str, str]]]  # the turn's number; form, act, words of each segment


@pytest.fixture(scope="session")
def kit() -> EvaluationKit:
    return EvaluationKit()


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    """A folder with `stc3`."""
    document = [
        {
            "id": str(number),
            "annotations": [{"quality": {"A": 0, "S": s, "E": 0}, "nugget": []} for s in satisfaction],
            "turns": [{"sender": who, "utterances": [text]} for who, text in turns],
        }
        for number, (satisfaction, turns) in enumerate(_CHATS)
    ]
    (tmp_path / "stc3").mkdir()
    (tmp_path / "stc3" / "some_en.json").write_text(json.dumps(document), encoding="utf-8")
    return tmp_path


@pytest.fixture
def operators(tmp_path: Path) -> Path:
    """A folder with `bt_oasis`, of one call."""
    place = tmp_path / "bt_oasis"
    place.mkdir()
    operator: list[_Said] = [
        ("1", [("frag", "identifySelf", "exchange marlow speaking")]),
        ("3", [("dm", "ackn", "okay"), ("q_wh", "reqInfo", "what number are you trying to reach")]),
        ("5", [("decl", "informIntent", "i will ring the line and come back to you in five minutes")]),
        ("5.1", [("frag", "reqInfo", "the area code")]),
    ]
    caller: list[_Said] = [
        ("2", [("decl", "inform", "hello my phone has been dead since the storm on sunday and i am on my own")]),
        ("4", [("frag", "answ", "my sister up in the hills")]),
    ]
    for side, turns in (("a", operator), ("b", caller)):
        _write_side(place, "0000", side, turns)
    return tmp_path


def _write_side(place: Path, call: str, side: str, turns: Sequence[_Said]) -> None:
    units, written = [], []
    for number, segments in turns:
        pieces = []
        for form, act, words in segments:
            ids = [f"{call}.{side}.unit.{len(units) + at}" for at in range(len(words.split()))]
            units += [f'<word id="{name}">{word}</word>' for name, word in zip(ids, words.split(), strict=True)]
            ends = f"id({ids[0]})..id({ids[-1]})" if len(ids) > 1 else f"id({ids[0]})"
            child = f"<nite:child href='{call}.{side}.unit.xml#{ends}'/>"
            pieces.append(f"<segment type='{form}' sp-act='{act}'>{child}</segment>")
        written.append(f"<lturn id='{call}.lturn.{number}'><utt>{''.join(pieces)}</utt></lturn>")
    acts = _LTURN.format(call=call, side=side, turns="".join(written))
    (place / f"{call}.{side}.lturn.xml").write_text(acts, encoding="utf-8")
    root = f"<nite:root xmlns:nite='http://nite.sourceforge.net/'>{''.join(units)}</nite:root>"
    (place / f"{call}.{side}.unit.xml").write_text(root, encoding="utf-8")
