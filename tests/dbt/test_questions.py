"""Every question of docs/questions is answered by its query on the published demonstration."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from coachlake.display.sentences.correlations import correlation
from coachlake.display.sentences.diagnosis import evidence
from coachlake.display.sentences.priorities import priority
from coachlake.display.sentences.sampling import sampling_price
from coachlake.display.sentences.signals import signal_summary
from coachlake.display.sentences.transfer import practice_transfer
from coachlake.lake.connection import lake
from coachlake.settings import REPOSITORY, Settings

_QUESTIONS = sorted(path for path in (REPOSITORY / "docs" / "questions").glob("*.md") if path.stem != "README")
# What the demonstration holds nothing of: nobody has practised there.
_MAY_BE_EMPTY = {"practice_transfer", "practice_trajectories"}
# What says a row of the answer in words, where something does.
_IN_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "coaching_priorities": priority,
    "outcomes": correlation,
    "practice_transfer": practice_transfer,
    "price_of_sampling": sampling_price,
    "programme_diagnosis": evidence,
    "signals": signal_summary,
}


def _answer(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[list[str], list[tuple[object, ...]]]:
    (query,) = re.findall(r"```sql\n(.*?)```", path.read_text(), re.DOTALL)
    connection.execute("USE lake")
    found = connection.execute(query)
    return [column[0] for column in found.description or []], found.fetchall()


@pytest.mark.parametrize("path", _QUESTIONS, ids=lambda path: path.stem)
def test_the_query_answers_its_question(path: Path, demo_settings: Settings) -> None:
    with lake(demo_settings, read_only=True) as connection:
        columns, rows = _answer(connection, path)
    assert rows or path.stem in _MAY_BE_EMPTY
    assert len(columns) >= 4
    for position, column in enumerate(columns):
        if column in ("reason_code", "recommendation_code", "table_description", "column_description"):
            assert all(row[position] for row in rows), column
    said = _IN_WORDS.get(path.stem)
    assert said is None or all(said(dict(zip(columns, row, strict=True))) for row in rows)


def test_every_question_is_listed() -> None:
    listed = (REPOSITORY / "docs" / "questions" / "README.md").read_text()
    assert all(f"({path.name})" in listed for path in _QUESTIONS)


def test_every_published_column_is_documented(demo_settings: Settings) -> None:
    with lake(demo_settings, read_only=True) as connection:
        missing = connection.execute(
            """
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_catalog = 'lake' AND table_schema = 'published' AND table_name != 'data_dictionary'
            EXCEPT SELECT table_name, column_name FROM lake.published.data_dictionary WHERE column_description != ''
            """
        ).fetchall()
    assert missing == []
