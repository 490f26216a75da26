"""What `import coachlake` offers: light to import, documented, and the same code that scores a night."""

import ast
import inspect
import json
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import coachlake
from coachlake import api
from coachlake.lake.connection import create_raw_tables, lake
from coachlake.lake.rows import CallFacts, scored_rows, to_tables
from coachlake.lake.writer import replace_calls
from coachlake.settings import REPOSITORY, Settings
from tests.spoken import SpokenCall, spoken_call

__all__ = ["spoken_call"]

_HEAVY = {"torch", "ray", "duckdb", "pandas", "transformers", "numpy", "pydantic", "spacy", "dagster", "streamlit"}
_LINES: list[tuple[coachlake.conversations.conversation.Speaker, str]] = [
    ("rep", "Northgate Energy, you're speaking with Iris, what can I do for you?"),
    ("customer", "Our heating has been off since Sunday and my mother is ill, I'm at my wits' end."),
    ("rep", "Three days without heating and your mother ill, that must be exhausting. What does the display show?"),
    ("customer", "It shows an error with the letter F."),
    ("rep", "I'm sending an engineer to you tomorrow before noon."),
]


def _in_new_process(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def call() -> coachlake.Dialogue:
    return coachlake.read_dialogue(_LINES)


@pytest.fixture
def scored_lake(empty_settings: Settings, call: coachlake.Dialogue) -> Settings:
    """A lake that holds one call."""
    card = coachlake.score(call, "technical_support")
    facts = CallFacts("c1", "r1", "t1", datetime(2026, 11, 23, tzinfo=UTC), date(2026, 11, 23), card.rubric_id)
    with lake(empty_settings) as connection:
        create_raw_tables(connection)
    replace_calls(empty_settings, to_tables(scored_rows(facts, call, coachlake.extract_signals(call), card, "test")))
    return empty_settings


def test_importing_loads_nothing_heavy() -> None:
    code = f"import sys, coachlake; dir(coachlake); print(*sorted({_HEAVY!r} & sys.modules.keys()))"
    assert _in_new_process(code) == ""


def test_a_dialogue_is_scored_where_neither_torch_nor_a_lake_is_installed() -> None:
    """spaCy loads torch only where it finds it, so that torch is made not to be found."""
    code = f"""
import sys
class NotThere:
    def find_spec(name, path=None, target=None):
        if name in ("torch", "transformers", "ray", "duckdb", "dagster"):
            raise ModuleNotFoundError(name=name)
sys.meta_path.insert(0, NotThere)
import coachlake
card = coachlake.score(coachlake.read_dialogue({_LINES!r}), "technical_support")
print(card.overall is not None)
"""
    assert _in_new_process(code) == "True"


def test_type_checkers_see_the_names_that_are_there() -> None:
    tree = ast.parse(inspect.getsource(coachlake))
    typed = {
        alias.asname: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == coachlake._DEFINED_IN
    assert all(getattr(coachlake, name).__module__ == module for name, module in typed.items())
    with pytest.raises(AttributeError, match="no attribute 'scores'"):
        _ = coachlake.scores


def test_it_knows_its_version() -> None:
    assert coachlake.__version__ == tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["version"]


def test_every_name_is_documented() -> None:
    page = (REPOSITORY / "docs" / "score_a_transcript.md").read_text(encoding="utf-8")
    assert [name for name in coachlake.__all__ if f"`{name}`" not in page and f"`{name}`s" not in page] == []
    assert all(inspect.getdoc(getattr(coachlake, name)) for name in coachlake.__all__)


def test_scores_are_those_of_the_pipelines_own_code(call: coachlake.Dialogue) -> None:
    from coachlake.rubrics.load import load_rubric
    from coachlake.scoring.scorer import build_scorer
    from coachlake.signals.extract import extract_signals
    from coachlake.signals.kit import load_signal_kit

    kit = load_signal_kit("fast")
    signals = extract_signals(call, kit)
    rubric = load_rubric(REPOSITORY / "rubrics" / "technical_support.yaml")
    assert coachlake.extract_signals(call) == signals
    assert coachlake.score(call, rubric) == build_scorer(rubric, kit).score(call, signals)


def test_models_and_scorers_are_kept_between_calls(call: coachlake.Dialogue) -> None:
    coachlake.score(call, "technical_support")
    before = api._kit.cache_info().misses, api._scorer.cache_info().misses
    by_file = coachlake.score(call, REPOSITORY / "rubrics" / "technical_support.yaml")
    by_hand = coachlake.score(call, coachlake.load_rubric("technical_support"), signals=coachlake.extract_signals(call))
    assert by_file == by_hand
    assert (api._kit.cache_info().misses, api._scorer.cache_info().misses) == before


def test_a_rubric_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(FileNotFoundError, match=r"no rubric 'insurance'.+insurance_service, outbound_sales"):
        coachlake.load_rubric("insurance")


def test_a_broken_rubric_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("id: mine\n", encoding="utf-8")
    with pytest.raises(coachlake.RubricError, match="line 1: criteria: this is missing"):
        coachlake.load_rubric(path)


def test_a_speaker_of_another_name_is_refused() -> None:
    with pytest.raises(ValueError, match="not agent"):
        coachlake.read_dialogue([("agent", "Hello?")])  # type: ignore[list-item]


def test_a_transcript_is_read_and_its_backchannels_are_marked(tmp_path: Path) -> None:
    turns = [
        {"speaker": "customer", "text": "The boiler went out on Sunday.", "start_s": 0.0, "end_s": 2.5},
        {"speaker": "rep", "text": "Mm-hmm.", "start_s": 2.6, "end_s": 3.0},
    ]
    path = tmp_path / "boiler.json"
    path.write_text(json.dumps({"format": "coachlake.transcript/1", "turns": turns}), encoding="utf-8")
    read = coachlake.read_transcript(path)
    assert read.call_id == "boiler"
    assert [turn.is_backchannel for turn in read.turns] == [False, True]
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(coachlake.UnreadableTranscriptError, match="unknown layout"):
        coachlake.read_transcript(path)


def test_a_recording_is_heard(spoken_call: SpokenCall, tmp_path: Path) -> None:
    heard = coachlake.read_recording(spoken_call.path, known=coachlake.Known(channel_layout="rep_left"))
    assert heard.turns[0].speaker == "rep"
    assert heard.turns[0].words
    assert "interruption" in {signal.kind for signal in coachlake.extract_signals(heard)}
    (tmp_path / "broken.wav").write_bytes(b"RIFF")
    with pytest.raises(coachlake.UnreadableAudioError, match="not readable as audio"):
        coachlake.read_recording(tmp_path / "broken.wav")


def test_a_frame_has_a_row_an_item(call: coachlake.Dialogue) -> None:
    signals = coachlake.extract_signals(call)
    frame = coachlake.to_frame(signals)
    assert list(frame.columns) == [*coachlake.Signal.__dataclass_fields__]
    assert frame.kind.to_list() == [signal.kind for signal in signals]
    assert coachlake.to_frame(call.turns).text.to_list() == [text for _, text in _LINES]
    assert coachlake.to_frame([]).empty


def test_a_lake_is_open_for_reading_alone(scored_lake: Settings) -> None:
    with coachlake.open_lake() as connection:
        frame = connection.sql("SELECT call_id FROM raw.calls").df()
        assert isinstance(frame, pd.DataFrame)
        assert frame.call_id.to_list() == ["c1"]
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            connection.execute("DELETE FROM raw.calls")
    with coachlake.open_lake(scored_lake.home) as connection:
        assert connection.sql("SELECT count(*) FROM raw.scores WHERE criterion_id = 'empathy'").fetchall() == [(1,)]


def test_a_lake_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no lake at"):
        coachlake.open_lake(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_signals_are_evaluated(tmp_path: Path) -> None:
    own, missing = coachlake.evaluate(tmp_path, only=["own_hedge", "conversion"])
    assert own.n > 0
    assert own.macro_f1 is not None
    assert own.macro_f1 > own.baselines["chance"]
    assert (missing.n, missing.note[:9]) == (0, "not found")
    assert coachlake.to_frame([own, missing]).task.to_list() == ["own_hedge", missing.task]
