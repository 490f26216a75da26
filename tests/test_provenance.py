"""What a key depends on: exactly what is imported to make the result, so that neither an old score stays in force nor
a lake is scored again for nothing."""

import ast
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import grimp
import pytest

from coachlake import sources
from coachlake.conversations.transcripts import read
from coachlake.lake.rows import CallFacts
from coachlake.privacy import redact
from coachlake.provenance import pipeline_version, transcript_key, work_key
from coachlake.scoring import scorer
from coachlake.sources import Sources
from coachlake.speech import transcriber
from evaluation.labelled.load import HELD_OUT, held_out

RECORDING = CallFacts("call", "rep", None, None, date(2026, 11, 23), "desk", file_sha256="1f", channel_layout="mono")
TRANSCRIPT = replace(RECORDING, channel_layout="transcript")
# What the stages import that no result comes from: where things lie, the key itself, and calibration, which is
# part of the key by its content.
PLUMBING = {"coachlake.settings", "coachlake.provenance", "coachlake.calibration.in_force"}


@cache
def imports() -> Any:
    return grimp.build_graph("coachlake", "ray_jobs", exclude_type_checking_imports=True)


def entries(stage: str) -> set[str]:
    """The modules of coachlake that a stage of the pipeline calls itself."""
    direct = imports().find_modules_directly_imported_by(stage)
    return {module for module in direct if module.startswith("coachlake.")} - PLUMBING


def imported(modules: set[str]) -> set[str]:
    """The modules and everything of coachlake they import, as files."""
    found = modules.union(*(imports().find_upstream_modules(module) for module in modules))
    return {f"{module.removeprefix('coachlake.').replace('.', '/')}.py" for module in found if module.count(".")}


def declared(*of: Sources) -> set[str]:
    files = [file.relative_to(sources.ROOT) for one in of for file in one.files(sources.ROOT)]
    return {str(file) for file in files if file.suffix == ".py"}


def test_scoring_declares_what_it_imports_and_nothing_else() -> None:
    assert declared(scorer.DEPENDS_ON) == imported(entries("ray_jobs.score"))


def test_hearing_declares_what_it_imports_and_nothing_else() -> None:
    assert declared(transcriber.DEPENDS_ON) == imported({"coachlake.speech.transcriber"})
    assert declared(read.DEPENDS_ON) == imported({"coachlake.conversations.transcripts.read"})
    heard = declared(transcriber.DEPENDS_ON, read.DEPENDS_ON, redact.DEPENDS_ON)
    assert heard == imported(entries("ray_jobs.transcribe"))


def test_what_is_left_out_of_a_digest_holds_a_docstring_only() -> None:
    folders = {
        file.parent for one in (read, transcriber, redact, scorer) for file in one.DEPENDS_ON.files(sources.ROOT)
    }
    for place in folders - {sources.ROOT}:
        (docstring,) = (
            ast.parse((place / "__init__.py").read_text()).body if (place / "__init__.py").exists() else [None]
        )
        assert docstring is None or isinstance(docstring, ast.Expr), place


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"speech/gone\.py is declared"):
        Sources(("speech/gone.py",)).files(tmp_path)


Keys = dict[str, str]


@pytest.fixture
def after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Keys, Keys]]:
    """The keys before and after a text in a file of coachlake was replaced by another, in a copy of it."""

    def edited(file: str, old: str, new: str) -> tuple[Keys, Keys]:
        for number, (text, by) in enumerate(((old, old), (old, new))):
            root = tmp_path / str(number) / "coachlake"
            shutil.copytree(sources.ROOT if number == 0 else tmp_path / "0" / "coachlake", root)
            content = (root / file).read_text()
            assert text in content
            (root / file).write_text(content.replace(text, by))
        found = []
        for number in (0, 1):
            monkeypatch.setattr(sources, "ROOT", tmp_path / str(number) / "coachlake")
            found.append(_keys())
        return found[0], found[1]

    return edited


def _keys() -> Keys:
    return {
        "heard": transcript_key(RECORDING, "models"),
        "read": transcript_key(TRANSCRIPT, "models"),
        "scored recording": work_key(RECORDING, "models", "rubric"),
        "scored transcript": work_key(TRANSCRIPT, "models", "rubric"),
        "pipeline": pipeline_version(),
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "redone"),
    [
        # the arithmetic of a scale
        ("rubrics/schema.py", "return 100.0 * min(", "return 99.0 * min(", {"scored recording", "scored transcript"}),
        ("rubrics/schema.py", "if score >= self.good_from", "if score > self.good_from",
         {"scored recording", "scored transcript"}),
        ("signals/examples/hedge.yaml", "undermining:", "undermining:\n  - I'd not bet on it.",
         {"scored recording", "scored transcript"}),
        ("signals/regulation.py", "HEATED_FROM = 0.4", "HEATED_FROM = 0.6", {"scored recording", "scored transcript"}),
        # the code that listens: transcripts stay as they are, and so do their scores
        ("speech/edges.py", '"""', '""" ', {"heard", "scored recording"}),
        # the code that reads transcripts: recordings stay
        ("conversations/transcripts/formats/amazon_transcribe.py", '"""', '""" ', {"read", "scored transcript"}),
        # what takes identifiers out of both
        ("privacy/checks.py", '"""', '""" ', {"heard", "read", "scored recording", "scored transcript"}),
        # what only checks a rubric, tries one, calibrates, measures or practises
        ("rubrics/check.py", '"""', '""" ', set()),
        ("calibration/trial.py", '"""', '""" ', set()),
        ("signals/warmth.py", "        return 2, strongest", "        return 2, 1.0", set()),
        ("practice/scoring.py", '"""', '""" ', set()),
    ],
)  # fmt: skip
def test_an_edit_redoes_what_follows_from_it_and_no_more(
    after: Callable[..., tuple[Keys, Keys]], file: str, old: str, new: str, redone: set[str]
) -> None:
    before, then = after(file, old, new)
    changed = {name for name in before if before[name] != then[name]}
    assert changed == redone | ({"pipeline"} if redone else set())


def test_a_held_out_label_can_be_corrected_without_scoring_anything_again() -> None:
    """No file that a score rests on holds a label that is measured on."""
    covered = [path.read_text() for path in scorer.DEPENDS_ON.files(sources.ROOT) if path.suffix == ".yaml"]
    measured = [f'says: "{entry["says"]}", label' for name in HELD_OUT for entry in held_out(name) if "says" in entry]
    assert len(measured) > 100
    assert not [label for label in measured if any(label in text for text in covered)]


def test_other_models_score_everything_again_and_hear_only_recordings_again() -> None:
    assert transcript_key(RECORDING, "models") != transcript_key(RECORDING, "others")
    assert transcript_key(TRANSCRIPT, "models") == transcript_key(TRANSCRIPT, "others")
    assert work_key(TRANSCRIPT, "models", "rubric") != work_key(TRANSCRIPT, "others", "rubric")
