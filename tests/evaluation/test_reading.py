"""Evidence read blind: rows drawn from real calls, sheets of two readers, and what they say together."""

import csv
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score
from typer.testing import CliRunner

from coachlake.cli.app import app
from evaluation.kit import EvaluationKit
from evaluation.reading.agreement import SheetError, agreement
from evaluation.reading.draw import Row, draw
from evaluation.reading.page import write_reading
from evaluation.result import Interval
from evaluation.sets.find import NothingLabelledError

_FIRST = ["yes", "yes", "no", "yes", "doubtful", "no", "yes", "yes", "no", ""]
_SECOND = ["yes", "yes", "no", "no", "doubtful", "yes", "yes", "yes", "no", "yes"]


def _rows(count: int) -> list[Row]:
    return [
        Row(
            number, "Empathy", "Answers <trouble>.", "good" if number % 2 else "poor", "Names it.", "My roof leaks.",
            "A leaking roof & rain.", (("customer", "My roof leaks."), ("rep", "Oh. A leaking roof & rain.")),
            "stc3", f"call-{number // 2}", "technical_support", "empathy", 0.9 if number % 2 else 0.4,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def _filled(folder: Path, name: str, verdicts: list[str]) -> Path:
    rows = list(csv.DictReader((folder / "rows.csv").read_text().splitlines()))
    with (folder / name).open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | {"verdict": verdict} for row, verdict in zip(rows, verdicts, strict=True))
    return folder / name


@pytest.fixture
def sheets(tmp_path: Path) -> tuple[Path, Path, Path]:
    write_reading(_rows(10), tmp_path)
    return _filled(tmp_path, "a.csv", _FIRST), _filled(tmp_path, "b.csv", _SECOND), tmp_path / "key.csv"


def test_rows_are_drawn_with_what_stands_around_them_the_same_each_time(chats: Path, kit: EvaluationKit) -> None:
    rows = draw(chats, kit, 5, with_recordings=False)
    assert rows == draw(chats, kit, 5, with_recordings=False)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert all(any(row.quote in text for _, text in row.around) for row in rows)
    assert all(row.means and row.observes and 0 <= row.confidence <= 1 for row in rows)
    with pytest.raises(NothingLabelledError):
        draw(chats / "stc3", kit, 5, with_recordings=False)


def test_readers_see_neither_the_confidence_nor_the_call(tmp_path: Path) -> None:
    write_reading(_rows(2), tmp_path)
    page, sheet = (tmp_path / "rows.html").read_text(), (tmp_path / "rows.csv").read_text()
    assert "Answers &lt;trouble&gt;." in page
    assert "Oh. <mark>A leaking roof &amp; rain.</mark>" in page
    assert not any(hidden in page + sheet for hidden in ("0.9", "call-", "stc3"))
    assert "call-1" in (tmp_path / "key.csv").read_text()


def test_the_share_defended_and_kappa_of_two_readers(sheets: tuple[Path, Path, Path]) -> None:
    first, second, key = sheets
    result = agreement(first, second, key)
    assert (result.n, result.note) == (9, "1 rows without both verdicts")
    assert result.kappa is not None
    assert result.kappa.value == pytest.approx(cohen_kappa_score(_FIRST[:9], _SECOND[:9]))
    shares = {name: figure.value for name, figure in result.figures.items() if isinstance(figure, Interval)}
    assert shares["defended by the first"] == pytest.approx(5 / 9)
    assert shares["defended by both"] == pytest.approx(4 / 9)
    assert shares["good, defended by both (n = 5)"] == pytest.approx(2 / 5)
    # Five rows of .9, of which two are defended, and four of .4, of which two are.
    assert shares["ECE of confidence"] == pytest.approx((abs(2 - 5 * 0.9) + abs(2 - 4 * 0.4)) / 9)


def test_without_a_key_rows_stand_for_themselves(sheets: tuple[Path, Path, Path]) -> None:
    assert "ECE of confidence" not in agreement(*sheets[:2]).figures


def test_a_sheet_that_is_no_sheet_says_where(sheets: tuple[Path, Path, Path]) -> None:
    first, second, _ = sheets
    with pytest.raises(SheetError, match="row 3: “perhaps”"):
        agreement(first, _filled(first.parent, "c.csv", [*_FIRST[:2], "perhaps", *_FIRST[3:]]))
    other = first.parent / "other"
    write_reading(_rows(4), other)
    with pytest.raises(SheetError, match="same rows"):
        agreement(first, other / "rows.csv")
    with pytest.raises(NothingLabelledError):
        agreement(first, first.parent / "rows.csv")
    second.write_text("row,verdict\n1,yes\n")
    with pytest.raises(SheetError, match="`number`"):
        agreement(first, second)


def test_the_commands(chats: Path, sheets: tuple[Path, Path, Path], tmp_path: Path) -> None:
    drawn = CliRunner().invoke(app, ["reading", "draw", str(chats), str(tmp_path / "out"), "--rows", "3"])
    assert drawn.exit_code == 0, drawn.output
    assert "3 rows" in drawn.output
    assert (tmp_path / "out" / "rows.html").exists()
    agreed = CliRunner().invoke(app, ["reading", "agree", *map(str, sheets[:2]), "--key", str(sheets[2])])
    assert agreed.exit_code == 0, agreed.output
    assert "defended by both 0.44" in agreed.output
    refused = CliRunner().invoke(app, ["reading", "draw", str(chats / "stc3"), str(tmp_path / "none")])
    assert refused.exit_code == 2
