"""Verdicts on moments: what is learned from some conversations holds in others, and none of it is what measures."""

import json

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from coachlake.scoring.defended import WEIGHTS_FILE
from coachlake.signals.kit import SignalKit, load_signal_kit
from training.acts.near_copies import HELD_OUT, near_copies
from training.acts.read import Item
from training.defended.fit import columns_of, fitted
from training.defended.read import read_dialogues, read_verdicts


@pytest.fixture(scope="module")
def kit() -> SignalKit:
    return load_signal_kit()


def test_what_readers_said_of_some_conversations_holds_in_others(kit: SignalKit) -> None:
    verdicts = read_verdicts()[::7]
    rows, defended = columns_of(verdicts, kit), np.array([one.is_defended for one in verdicts])
    is_known = np.array([sum(map(ord, one.dialogue)) % 3 > 0 for one in verdicts])
    chances = fitted(rows[is_known], defended[is_known]).predict_proba(rows[~is_known])[:, 1]
    assert roc_auc_score(defended[~is_known], chances) > 0.7
    assert rows.shape[1] == len(json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["weights"])


def test_every_verdict_is_of_a_conversation_that_is_kept() -> None:
    said = {name: {turn.text for turn in call.turns} for name, (_, call) in read_dialogues().items()}
    assert {one.dialogue for one in read_verdicts()} <= said.keys()
    quoted = [any(one.quote in text for text in said[one.dialogue]) for one in read_verdicts()]
    assert np.mean(quoted) > 0.9  # the rest are sentences joined over a pause


def test_written_conversations_share_nothing_with_what_measures() -> None:
    items = [
        Item(cue="", reply=turn.text, labels={}, source="defended")
        for _, call in read_dialogues().values()
        for turn in call.turns
    ]
    assert [copy.words for copy in near_copies(items, [HELD_OUT])] == []
