"""Learning from the bank: end to end, minutes on a quiet machine."""

import copy
import logging
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from coachlake.language.acts.labels import HEADS
from coachlake.language.acts.pairs import act_form, pair_tokens
from training.acts.network import ActNetwork, pretrained
from training.acts.read import Item
from training.acts.vary import vary

_log = logging.getLogger(__name__)
Tokens = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn. `rate` is the encoder's peak learning rate; heads learn ten times as fast.
    `alone`: the share of items learned from without their cue, as anchors are read. `times`: how often it learns, each
    time from the same first weights in another order; the network is the mean of them."""

    epochs: int = 4
    batch: int = 32
    rate: float = 8e-5
    smoothing: float = 0.05
    alone: float = 0.12
    seed: int = 0
    times: int = 1
    threads: int = 1


def fit(items: Sequence[Item], plan: Plan = Plan()) -> ActNetwork:
    """A network that has learned from `items`, in evaluation mode.

    Two orders of the same items judge one sentence in ten differently; the mean of their weights, which all began
    alike, is steadier than any of them (Wortsman et al. 2022, "Model soups").
    """
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    first = pretrained()
    return mean([learned(first, items, plan, plan.seed + time) for time in range(plan.times)])


def mean(networks: Sequence[ActNetwork]) -> ActNetwork:
    """The network with the mean weights of several, in evaluation mode."""
    found = copy.deepcopy(networks[0])
    states = [network.state_dict() for network in networks]
    found.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
    found.eval()
    return found


def learned(first: ActNetwork, items: Sequence[Item], plan: Plan, order: int) -> ActNetwork:
    """What `first` becomes by learning from `items` in the order that `order` seeds; `first` stays as it is."""
    torch.manual_seed(order)
    rng, network = random.Random(order), copy.deepcopy(first)
    forms = [(act_form(item.cue), act_form(item.reply)) for item in items]
    vocabulary = sorted({word for pair in forms for said in pair for word in said.split()})
    weights, steps = _class_weights(items), plan.epochs * math.ceil(len(items) / plan.batch)
    optimiser, schedule = _optimiser(network, plan.rate, steps)
    network.train()
    for epoch in range(plan.epochs):
        total = 0.0
        for chosen in _batches(forms, plan.batch, rng):
            alone = [rng.random() < plan.alone for _ in chosen]
            said = [("", forms[i][1]) if no_cue else forms[i] for i, no_cue in zip(chosen, alone, strict=True)]
            tokens = [pair_tokens(*(vary(text, rng, vocabulary) for text in pair)) for pair in said]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores, _ = network(*padded(tokens))
            known = [_known(items[i], no_cue) for i, no_cue in zip(chosen, alone, strict=True)]
            loss = _loss(scores, known, weights, plan.smoothing)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        _log.info("epoch %d of %d: loss %.3f", epoch + 1, plan.epochs, total * plan.batch / len(items))
    return network


def scores_of(network: ActNetwork, items: Sequence[Item], batch: int = 64) -> dict[str, NDArray[np.float32]]:
    """Head → n × labels, the network's scores of each item."""
    tokens = [pair_tokens(item.cue, item.reply) for item in items]
    order = sorted(range(len(items)), key=lambda i: len(tokens[i][0]))
    found = {head: np.zeros((len(items), len(labels)), np.float32) for head, labels in HEADS.items()}
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            scores, _ = network(*padded([tokens[i] for i in chosen]))
            for head, rows in scores.items():
                found[head][chosen] = rows.float().numpy()
    return found


def padded(tokens: Sequence[Tokens]) -> tuple[Tensor, Tensor, Tensor]:
    """A batch: ids, segments and where there is none, each batch × longest."""
    longest = max(len(ids) for ids, _ in tokens)
    ids, segments = (torch.zeros(len(tokens), longest, dtype=torch.long) for _ in range(2))
    is_padding = torch.ones(len(tokens), longest, dtype=torch.bool)
    for row, (some, kinds) in enumerate(tokens):
        ids[row, : len(some)] = torch.tensor(some)
        segments[row, : len(some)] = torch.tensor(kinds)
        is_padding[row, : len(some)] = False
    return ids, segments, is_padding


def _known(item: Item, no_cue: bool) -> dict[str, int]:
    """The labels that hold for what is learned from: without a cue nothing is answered."""
    return {head: label for head, label in item.labels.items() if not no_cue or head != "answer"}


def _batches(forms: Sequence[tuple[str, str]], size: int, rng: random.Random) -> list[list[int]]:
    """Pairs of like length together, in an order that is new each time."""
    order = list(range(len(forms)))
    rng.shuffle(order)
    stretch = 16 * size
    near = [
        i
        for start in range(0, len(order), stretch)
        for i in sorted(order[start : start + stretch], key=lambda i: len(forms[i][0]) + len(forms[i][1]))
    ]
    found = [near[start : start + size] for start in range(0, len(near), size)]
    rng.shuffle(found)
    return found


def _class_weights(items: Sequence[Item]) -> dict[str, Tensor]:
    """Rare labels weigh somewhat more: by the fourth root of how rare they are, so that chances stay near shares."""
    counts = {head: np.ones(len(labels)) for head, labels in HEADS.items()}
    for item in items:
        for head, label in item.labels.items():
            counts[head][label] += 1
    return {h: torch.tensor((n.sum() / len(n) / n) ** 0.25, dtype=torch.float32) for h, n in counts.items()}


def _loss(
    scores: dict[str, Tensor], known: Sequence[dict[str, int]], weights: dict[str, Tensor], smoothing: float
) -> Tensor:
    parts = []
    for head, rows in scores.items():
        there = [row for row, labels in enumerate(known) if head in labels]
        if there:
            labels = torch.tensor([known[row][head] for row in there])
            loss = nn.functional.cross_entropy(
                rows.float()[there], labels, weight=weights[head], label_smoothing=smoothing
            )
            parts.append(loss * len(there) / len(known))
    return torch.stack(parts).sum()


def _optimiser(
    network: ActNetwork, rate: float, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    warm = max(1, steps // 10)
    learned = [p for p in network.encoder.parameters() if p.requires_grad]
    groups = [{"params": learned, "lr": rate}, {"params": list(network.heads.parameters()), "lr": 10 * rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)

    def factor(step: int) -> float:
        return step / warm if step < warm else max(0.0, 1 - step / steps)

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
