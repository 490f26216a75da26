"""A deployment's own judge: from the bank and what its team adds to a model in the home that is not in force yet."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from coachlake.files import write_whole
from coachlake.language.acts.in_force import judge_in_force, models_folder, put_in_force
from coachlake.language.acts.model import ActModel
from training.acts.compare import HeadToHead, compare, has_passed, keep_comparison
from training.acts.fit import Plan
from training.acts.read import BANK, Item, read_bank, read_persuasion
from training.acts.train import train

_CANDIDATE, _LEARNED_FROM = "candidate", "learned_from.json"


class WorseJudgeError(RuntimeError):
    """A candidate that has not been found as good as the judge in force."""


@dataclass(frozen=True, slots=True)
class LearnedFrom:
    """Where items come from: the bank, a folder of the team's `own` items in its form (`*.jsonl`), and
    persuader_sentences.csv of Persuasion for Good."""

    own: str | None = None
    persuasion: str | None = None
    bank: str = str(BANK)

    def items(self) -> list[Item]:
        """All of them, the bank's first. Raises ValueError where `own` holds no item or one is malformed,
        FileNotFoundError where a place is not there."""
        added = read_bank(Path(self.own)) if self.own else []
        if self.own and not added:
            raise ValueError(f"no item in {self.own}: it holds *.jsonl in the form of the bank (docs/judge.md)")
        beside = read_persuasion(Path(self.persuasion)) if self.persuasion else []
        return [*read_bank(Path(self.bank)), *added, *beside]


def retrain(home: Path, learned_from: LearnedFrom, plan: Plan) -> Path:
    """Train into `models/acts/<first 12 digits of its sha256>` of the home and return that folder.

    It is the candidate from now on; the judge in force stays what it is.
    """
    folder: Path = models_folder(home)
    making = folder / f".{uuid4().hex}"
    try:
        name: str = train(learned_from.items(), making, plan)["sha256"][:12]
        write_whole(making / _LEARNED_FROM, json.dumps(asdict(learned_from), indent=1).encode())
        if not (folder / name).exists():
            making.rename(folder / name)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    write_whole(folder / _CANDIDATE, f"{name}\n".encode())
    return folder / name


def candidate(home: Path) -> Path:
    """Folder of the model trained last. Raises FileNotFoundError where none was."""
    folder = models_folder(home)
    return folder / (folder / _CANDIDATE).read_text(encoding="utf-8").strip()


def compare_candidate(home: Path) -> list[HeadToHead]:
    """The candidate against the judge in force, on what was held out where it learned; kept beside the candidate."""
    folder, before = candidate(home), ActModel(judge_in_force(home))
    items = LearnedFrom(**json.loads((folder / _LEARNED_FROM).read_text(encoding="utf-8"))).items()
    found = compare(before, ActModel(folder), items)
    keep_comparison(folder, before, found)
    return found


def let_judge(home: Path) -> Path:
    """Put the candidate in force and return its folder.

    Raises WorseJudgeError where it was not compared with the judge that is in force now, or was found worse.
    """
    folder, before = candidate(home), judge_in_force(home)
    if folder.resolve() != before.resolve():
        if not has_passed(folder, ActModel(before)):
            raise WorseJudgeError(f"{folder.name} has not been found as good as the judge in force, {before}")
        put_in_force(folder)
    return folder


def figures_of(folder: Path) -> dict[str, dict[str, float]]:
    """Head → figures, as the card of the model in `folder` has them."""
    found: dict[str, dict[str, float]] = json.loads((folder / "card.json").read_text(encoding="utf-8"))["figures"]
    return found
