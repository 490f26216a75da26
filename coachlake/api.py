"""What `import coachlake` offers: recordings, transcripts and dialogues scored in a few lines, no Dagster, no Ray.

The code that scores a night does the work. Each function imports what it needs when it is called; models are loaded
once a process and profile. `profile` is a model profile (`coachlake/models/profiles.yaml`); None takes the one that
COACHLAKE_MODEL_PROFILE names, else `embedded`.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachlake.settings import load_settings

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from coachlake.conversations.conversation import Speaker
    from coachlake.conversations.dialogue import Dialogue
    from coachlake.conversations.known import Known
    from coachlake.conversations.transcript import Transcript
    from coachlake.rubrics.schema import Rubric
    from coachlake.scoring.evidence import ScoreCard
    from coachlake.scoring.scorer import Scorer
    from coachlake.signals.kit import SignalKit
    from coachlake.signals.signal import Signal
    from coachlake.speech.transcriber import Transcriber
    from evaluation.result import TaskResult


def read_recording(
    path: str | Path,
    *,
    call_id: str | None = None,
    known: "Known | None" = None,
    profile: str | None = None,
) -> "Dialogue":
    """A recording as a dialogue: turns with word times (seconds) and voice tone, backchannels marked.

    `call_id` defaults to the file's name; `known` is what the call facts say of its people (the rep's name, the channel
    the rep is on). Raises UnreadableAudioError with the reason where the file cannot be decoded, is silent, or holds no
    speech, WhoIsRepError where nothing says for sure who the rep is (answer it with `Known(answers={label: "rep"})`).
    """
    name = _profile(profile)
    return _of_rep(call_id or Path(path).stem, _transcriber(name).transcript(path), known)


def read_transcript(
    path: str | Path, *, call_id: str | None = None, known: "Known | None" = None, profile: str | None = None
) -> "Dialogue":
    """A transcript file (formats: docs/your_calls.md) as a dialogue, backchannels marked.

    `call_id` and `known` as for `read_recording`. Raises UnreadableTranscriptError saying what is missing and where,
    WhoIsRepError where nothing says for sure who the rep is.
    """
    from coachlake.conversations.transcripts.read import read_transcript

    return _of_rep(call_id or Path(path).stem, read_transcript(Path(path)), known)


def _of_rep(call_id: str, transcript: "Transcript", known: "Known | None") -> "Dialogue":
    from coachlake.conversations.dialogue import dialogue_of
    from coachlake.conversations.roles import conversation_with

    return dialogue_of(conversation_with(call_id, transcript, known))


def read_dialogue(lines: Iterable[tuple["Speaker", str]], *, call_id: str = "dialogue") -> "Dialogue":
    """An untimed dialogue from (speaker, text) pairs, `speaker` being "rep" or "customer"; backchannels marked.

    Raises ValueError for any other speaker. What needs a clock (interruptions, pace, silence) does not apply to it.
    """
    from coachlake.conversations.conversation import conversation_from_lines
    from coachlake.conversations.dialogue import dialogue_of

    said = list(lines)
    unknown = sorted({speaker for speaker, _ in said} - {"rep", "customer"})
    if unknown:
        raise ValueError(f"speakers are rep and customer, not {', '.join(unknown)}")
    return dialogue_of(conversation_from_lines(call_id, said))


def extract_signals(dialogue: "Dialogue", *, profile: str | None = None) -> "list[Signal]":
    """Every signal found, each occurrence with its quote, turn, time (seconds), phase and confidence (0–1).

    Kinds and units: `coachlake.signals.signal`. A signal without an opportunity is absent, not zero.
    """
    from coachlake.signals.extract import extract_signals

    return extract_signals(dialogue, _kit(_profile(profile)))


def load_rubric(rubric: str | Path) -> "Rubric":
    """A rubric by its file, or by the name of one in the rubric folder (COACHLAKE_RUBRICS, else the shipped ones).

    Raises RubricError with every problem in the file, FileNotFoundError where there is none, naming those there are.
    """
    from coachlake.rubrics.load import load_rubric

    folder = load_settings().rubrics
    named = folder / f"{rubric}.yaml"
    path = named if named.is_file() else Path(rubric)
    if not path.is_file():
        names = ", ".join(sorted(file.stem for file in folder.glob("*.yaml"))) or "none"
        raise FileNotFoundError(f"no rubric {str(rubric)!r}: no such file, and in {folder} there are {names}")
    return load_rubric(path)


def score(
    dialogue: "Dialogue",
    rubric: "Rubric | str | Path",
    *,
    signals: "Sequence[Signal] | None" = None,
    profile: str | None = None,
) -> "ScoreCard":
    """A dialogue's scores (0–100, None where not applicable) under a rubric, with the moments that earned them.

    `rubric`: a rubric, or what `load_rubric` takes. `signals`: those of `extract_signals` where you have them. Levels
    follow the rubric's own cut-points; a lake's calibration is not applied.
    """
    scorer = _scorer(load_rubric(rubric) if isinstance(rubric, str | Path) else rubric, _profile(profile))
    return scorer.score(dialogue, list(signals) if signals is not None else extract_signals(dialogue, profile=profile))


def evaluate(folder: str | Path, *, only: Sequence[str] = (), profile: str | None = None) -> "list[TaskResult]":
    """Every signal measured on people's labels, as `coachlake eval` does: one result a task and labelled set.

    `only`: names of tasks (KeyError where there is no such task). A set that is not in the folder gives a result of
    n = 0 whose note says so, and a task that fails one whose note starts with "failed".
    """
    from evaluation.run import run_tasks

    return list(run_tasks(Path(folder), only, _profile(profile)))


def open_lake(home: str | Path | None = None) -> "duckdb.DuckDBPyConnection":
    """A lake read-only as a DuckDB connection; `open_lake().sql("FROM published.calls").df()` is a pandas frame.

    `home`: the folder of an embedded lake, such as `var/demo`; None takes the lake that the environment names
    (COACHLAKE_HOME, COACHLAKE_CATALOG …). It shows what is there now, never blocks a night, and is closed by `with`
    or `close()`. Raises FileNotFoundError where there is no lake.
    """
    from coachlake.lake.connection import ALIAS, connect

    settings = load_settings() if home is None else load_settings({"COACHLAKE_HOME": str(home)})
    connection = connect(settings, read_only=True)
    connection.execute(f"USE {ALIAS}")
    return connection


def to_frame(items: Iterable[Any]) -> "pd.DataFrame":
    """A pandas frame of signals, turns, scores, evidence or evaluation results: one row each, one column a field.

    An empty frame has no columns, because nothing says of what it is.
    """
    from dataclasses import fields

    import pandas as pd

    return pd.DataFrame([{field.name: getattr(item, field.name) for field in fields(item)} for item in items])


def _profile(name: str | None) -> str:
    return name or load_settings().model_profile


@cache
def _transcriber(profile: str) -> "Transcriber":
    from coachlake.speech.transcriber import Transcriber

    return Transcriber(profile)


@cache
def _kit(profile: str) -> "SignalKit":
    from coachlake.signals.kit import load_signal_kit

    return load_signal_kit(profile, load_settings().home)


# Of a rubric that is being written there is a new version with every edit.
@lru_cache(maxsize=8)
def _scorer(rubric: "Rubric", profile: str) -> "Scorer":
    from coachlake.scoring.scorer import build_scorer

    return build_scorer(rubric, _kit(profile))
