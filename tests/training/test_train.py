"""A training, cut down: what it writes is what it learned, and judges only where it is no worse."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from coachlake.language.acts.in_force import judge_in_force, judge_version, models_folder
from coachlake.language.acts.labels import HEADS
from coachlake.language.acts.model import SHIPPED, ActModel
from coachlake.language.types import Utterance
from coachlake.models.weights import WeightsError
from tests.training.bank import small_bank
from tests.training.conftest import PLAN
from training.acts.compare import HeadToHead, faults
from training.acts.export import export
from training.acts.fit import fit, scores_of
from training.acts.read import BANK, read_bank
from training.acts.retrain import WorseJudgeError, candidate, compare_candidate, let_judge


def test_what_is_exported_answers_as_what_was_learned(tmp_path: Path) -> None:
    items = read_bank(small_bank(tmp_path / "bank"))
    network = fit(items, PLAN)
    export(network, tmp_path / "model", {"temperature": {}, "figures": {}})
    found = ActModel(tmp_path / "model").judge([Utterance(item.reply, item.cue) for item in items])
    agree = []
    for head, scores in scores_of(network, items).items():
        learned = torch.softmax(torch.from_numpy(scores), 1).numpy()
        exported = np.array([acts.chances[head] for acts in found])
        assert exported.shape == (len(items), len(HEADS[head]))
        assert np.abs(learned - exported).mean() < 0.04  # int8 beside bfloat16
        ordered = np.sort(learned, 1)
        clear = ordered[:, -1] - ordered[:, -2] > 0.2
        agree += list((learned.argmax(1) == exported.argmax(1))[clear])
    assert len(agree) > 60
    assert np.mean(agree) > 0.95


def test_a_candidate_lies_in_the_home_by_its_hash_and_does_not_judge(home: Path) -> None:
    folder = candidate(home)
    card = json.loads((folder / "card.json").read_text())
    assert folder == models_folder(home) / card["sha256"][:12]
    assert card["sources"] == {"small": 60}
    assert card["figures"]["question"]["n"] == 8
    assert judge_in_force(home) == SHIPPED
    assert sorted(path.name for path in models_folder(home).iterdir()) == sorted(["candidate", folder.name])


def test_a_worse_judge_does_not_go_live(home: Path) -> None:
    with pytest.raises(WorseJudgeError):
        let_judge(home)  # not compared yet
    found = compare_candidate(home)
    assert {head.head for head in found} == set(HEADS)
    assert any("macro-F1 fell" in fault for fault in faults(found))
    with pytest.raises(WorseJudgeError, match="has not been found as good"):
        let_judge(home)
    assert judge_in_force(home) == SHIPPED


def test_one_as_good_does_and_is_what_judges(tmp_path: Path) -> None:
    """The shipped judge against itself, on everything the bank holds out."""
    name = ActModel().card["sha256"][:12]
    folder = models_folder(tmp_path) / name
    shutil.copytree(SHIPPED, folder)
    (folder / "learned_from.json").write_text(json.dumps({"bank": str(BANK)}))
    folder.with_name("candidate").write_text(name)
    found = compare_candidate(tmp_path)
    assert all(head.before == head.after for head in found)
    assert faults(found) == []
    assert let_judge(tmp_path) == let_judge(tmp_path) == judge_in_force(tmp_path) == folder
    assert judge_version(folder) == ActModel(folder).card["sha256"]


@pytest.mark.parametrize(
    ("after", "calibration", "fault"),
    [(0.79, 0.02, None), (0.77, 0.02, "fell from 0.800 to 0.770"), (0.9, 0.06, "0.060 is over 0.05")],
)
def test_what_keeps_a_head_from_judging(after: float, calibration: float, fault: str | None) -> None:
    found = HeadToHead("ack", 400, 0.80, after, 0.02, calibration).fault
    assert (found is None) if fault is None else (found is not None and fault in found)


def test_a_card_of_another_model_is_refused(home: Path, tmp_path: Path) -> None:
    shutil.copytree(candidate(home), tmp_path / "model")
    card = json.loads((tmp_path / "model" / "card.json").read_text())
    (tmp_path / "model" / "card.json").write_text(json.dumps(card | {"sha256": "0" * 64}))
    for load in (ActModel, judge_version):
        with pytest.raises(WeightsError, match=r"not the model that its card describes: train it again"):
            load(tmp_path / "model")
