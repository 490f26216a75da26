"""Results on disk: each task's as it ends, taken again as long as nothing it rests on has changed."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coachlake.files import write_whole
from evaluation.result import ClassFigures, Interval, TaskResult

_REPOSITORY = Path(__file__).resolve().parent.parent
# What a figure rests on besides the labelled sets.
_CODE = ("coachlake", "evaluation", "rubrics")
_WITHOUT = ("coachlake/app/", "coachlake/cli/")
_KINDS = (".py", ".yaml", ".json", ".csv", ".npz", ".onnx")


class KeptResults:
    """A JSON file of results, one object a result; whole after every task, whatever happens to the next.

    `fingerprint` (see `fingerprint_of`) is written with each result. What is there with another one, or of a task
    that failed or whose set was missing, is measured again, and stands in the file until it has been; so is everything
    where `is_afresh`.
    """

    def __init__(self, path: Path, fingerprint: str, *, is_afresh: bool = False) -> None:
        self._path, self._fingerprint, self._is_afresh = path, fingerprint, is_afresh
        self._rows: dict[str, list[dict[str, Any]]] = {}
        if path.exists():
            for row in json.loads(path.read_text(encoding="utf-8")):
                self._rows.setdefault(str(row.get("run_as", row["task"])), []).append(row)

    def of(self, task: str) -> list[TaskResult] | None:
        """A task's results where they are there and still hold; None where it has to be measured."""
        rows = self._rows.get(task, [])
        if (
            not rows
            or self._is_afresh
            or any(row.get("fingerprint") != self._fingerprint or not row["n"] for row in rows)
        ):
            return None
        return [result_of(row) for row in rows]

    def keep(self, task: str, results: Sequence[TaskResult]) -> None:
        """Write a task's results in place of those that were there."""
        made_by = {"run_as": task, "fingerprint": self._fingerprint}
        self._rows[task] = [asdict(result) | made_by for result in results]
        rows = [row for task_rows in self._rows.values() for row in task_rows]
        write_whole(self._path, json.dumps(rows, indent=2, ensure_ascii=False).encode())


def result_of(row: dict[str, Any]) -> TaskResult:
    """A result as it was before it was written; names it does not know are left out."""
    known = {name: row[name] for name in TaskResult.__dataclass_fields__ if name in row}
    kappa = row.get("kappa")
    return TaskResult(
        **known
        | {
            "kappa": Interval(**kappa) if kappa else None,
            "per_class": {name: ClassFigures(**figures) for name, figures in row.get("per_class", {}).items()},
            "figures": {name: _figure(value) for name, value in row.get("figures", {}).items()},
        }
    )


def fingerprint_of(folder: Path, profile: str, repository: Path = _REPOSITORY) -> str:
    """Names what figures rest on: the code and rubrics by content, the labelled sets by name, size and time, and the
    model profile. Sets are not read whole: recordings are large, and who changes one changes its time."""
    digest = hashlib.sha256(profile.encode())
    for part in _CODE:
        for file in _files(repository / part):
            name = file.relative_to(repository).as_posix()
            if file.suffix in _KINDS and not name.startswith(_WITHOUT):
                digest.update(name.encode() + file.read_bytes())
    for file in _files(folder):
        known = file.stat()
        digest.update(f"{file.relative_to(folder)} {known.st_size} {known.st_mtime_ns}".encode())
    return digest.hexdigest()[:16]


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _figure(value: float | dict[str, float]) -> float | Interval:
    return Interval(**value) if isinstance(value, dict) else value
