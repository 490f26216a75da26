"""Results on disk: written as each task ends, and taken again only while they hold."""

import json
from pathlib import Path

import pytest

from evaluation import run
from evaluation.kept import KeptResults, fingerprint_of, result_of
from evaluation.kit import EvaluationKit
from evaluation.measure import classification
from evaluation.result import Interval, TaskResult

_MEASURED = classification("first", "own", ["a", "b", "a", "b"], ["a", "b", "b", "b"], keywords=["a", "a", "a", "a"])


def _tasks(monkeypatch: pytest.MonkeyPatch, done: list[str]) -> None:
    def task(name: str) -> run.TASKS.__class__:  # type: ignore[name-defined]
        def measure(_: Path, __: EvaluationKit) -> list[TaskResult]:
            done.append(name)
            if name == "second" and done.count("second") == 1:
                raise KeyboardInterrupt  # the run is cut off
            return [TaskResult(name, "own", 3, figures={"share": Interval(0.5, 0.4, 0.6), "count": 3.0})]

        return measure

    monkeypatch.setattr(run, "TASKS", {"first": task("first"), "second": task("second")})


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    _tasks(monkeypatch, done)
    file = tmp_path / "figures.json"
    with pytest.raises(KeyboardInterrupt):
        list(run.run_tasks(tmp_path, kept=KeptResults(file, "same")))
    assert [row["task"] for row in json.loads(file.read_text())] == ["first"]
    results = list(run.run_tasks(tmp_path, kept=KeptResults(file, "same")))
    assert done == ["first", "second", "second"]
    assert [result.task for result in results] == ["first", "second"]
    assert results[0].figures == {"share": Interval(0.5, 0.4, 0.6), "count": 3.0}
    assert [row["task"] for row in json.loads(file.read_text())] == ["first", "second"]


def test_another_fingerprint_a_failure_and_the_wish_to_measure_again(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    kept = KeptResults(file, "then")
    kept.keep("first", [_MEASURED])
    kept.keep("broken", [TaskResult("broken", "", 0, note="failed: KeyError: 1")])
    assert KeptResults(file, "then").of("first") == [_MEASURED]
    assert KeptResults(file, "then").of("broken") is None
    assert KeptResults(file, "now").of("first") is None
    assert KeptResults(file, "then", is_afresh=True).of("first") is None
    KeptResults(file, "now").keep("broken", [_MEASURED])
    assert KeptResults(file, "then").of("first") == [_MEASURED], "what was not measured again stays"


def test_a_result_reads_back_as_it_was_written(tmp_path: Path) -> None:
    KeptResults(tmp_path / "figures.json", "x").keep("first", [_MEASURED])
    [row] = json.loads((tmp_path / "figures.json").read_text())
    assert result_of(row | {"of_a_later_version": 1}) == _MEASURED


def test_the_fingerprint_follows_code_sets_and_profile_and_not_the_app(tmp_path: Path) -> None:
    repository, sets = tmp_path / "repository", tmp_path / "sets"
    for name in ("coachlake/signals/one.py", "coachlake/app/page.py", "evaluation/measure.py", "rubrics/one.yaml"):
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text("1")
    sets.mkdir()
    first = fingerprint_of(sets, "embedded", repository)
    (repository / "coachlake/app/page.py").write_text("2")
    assert fingerprint_of(sets, "embedded", repository) == first
    (repository / "rubrics/one.yaml").write_text("2")
    second = fingerprint_of(sets, "embedded", repository)
    (sets / "labels.csv").write_text("a")
    assert (
        len({first, second, fingerprint_of(sets, "embedded", repository), fingerprint_of(sets, "x", repository)}) == 4
    )
