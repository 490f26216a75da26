"""Trains the boundary model: `python -m training.boundaries.train OUT --bank FOLDER... --chats FILE`."""

import argparse
import math
import random
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from coachlake.conversations.word_pieces import WordPieces
from training.boundaries.marked_text import UNKNOWN, Marked, bank_texts, chat_turns, marked
from training.boundaries.net import Net, vocabulary
from training.boundaries.sequences import sequences

LONGEST = 160  # pieces
BATCH_PIECES = 500


def read_items(bank: list[Path], chats: Path | None) -> tuple[list[list[Marked]], list[list[Marked]]]:
    """What is learned from, and a tenth of the bank's items that is held out, chosen by a hash of their key."""
    learned, held = list[list[Marked]](), list[list[Marked]]()
    for key, texts in bank_texts(bank):
        (held if zlib.crc32(key.encode()) % 10 == 0 else learned).append([marked(text) for text in texts])
    if chats:
        learned += [said for _, said in chat_turns(chats)]
    return [i for i in learned if i], [i for i in held if i]


def encoded(text: Marked, pieces: WordPieces) -> tuple[list[int], list[int]]:
    """Piece numbers and the target of each; only a word's last piece has one."""
    ids, targets = list[int](), list[int]()
    for word, mark in zip(text.words, text.marks, strict=True):
        found = pieces.of(word)
        if len(ids) + len(found) > LONGEST:
            break
        ids += found
        targets += [UNKNOWN] * (len(found) - 1) + [mark]
    return ids, targets


def batches(rows: list[tuple[list[int], list[int]]], rng: random.Random) -> list[tuple[Tensor, Tensor, Tensor]]:
    """Rows of like length together: (pieces, is padding, targets)."""
    rows = sorted((row for row in rows if row[0]), key=lambda row: (len(row[0]), rng.random()))
    groups, group = [], list[tuple[list[int], list[int]]]()
    for row in rows:
        if group and (len(group) + 1) * len(row[0]) > BATCH_PIECES:
            groups.append(group)
            group = []
        group.append(row)
    groups.append(group)
    rng.shuffle(groups)
    return [_tensors(group) for group in groups]


def _tensors(group: list[tuple[list[int], list[int]]]) -> tuple[Tensor, Tensor, Tensor]:
    longest = max(len(ids) for ids, _ in group)
    ids = torch.tensor([row + [0] * (longest - len(row)) for row, _ in group])
    targets = torch.tensor([row + [UNKNOWN] * (longest - len(row)) for _, row in group])
    padding = torch.tensor([[False] * len(row) + [True] * (longest - len(row)) for row, _ in group])
    return ids, padding, targets


def train(items: Sequence[Sequence[Marked]], pieces: WordPieces, net: Net, epochs: int, rate: float, out: Path) -> Net:
    """Fit the net in place; its weights are written to `out` after every epoch."""
    rng = random.Random(0)
    steps_an_epoch = len(batches([encoded(t, pieces) for t in sequences(items, random.Random(0))], rng))
    steps, step = epochs * steps_an_epoch, 0
    fresh = [*net.out.parameters()]
    old = [p for n, p in net.named_parameters() if p.requires_grad and not n.startswith("out.")]
    optimiser = torch.optim.AdamW([{"params": old, "lr": rate}, {"params": fresh, "lr": 10 * rate}], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min(1.0, k / (0.1 * steps)) * max(0.0, 1 - k / (steps * 1.02))
    )
    for epoch in range(epochs):
        net.train()
        begun, total, count = time.monotonic(), 0.0, 0
        for ids, padding, targets in batches([encoded(t, pieces) for t in sequences(items, rng)], rng):
            with torch.autocast("cpu", torch.bfloat16):  # half the time, where the processor has it
                scores = net(ids, padding).float()
            loss = nn.functional.cross_entropy(
                scores.flatten(0, 1), targets.flatten(), ignore_index=UNKNOWN, label_smoothing=0.02
            )
            if math.isnan(loss.item()):
                continue
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step, total, count = step + 1, total + loss.item(), count + 1
        print(f"epoch {epoch} loss {total / count:.4f} {time.monotonic() - begun:.0f} s", flush=True)
        torch.save(net.state_dict(), out)
    net.eval()
    return net


def main() -> None:
    """Train, writing the weights after every epoch; `training.boundaries.export` makes of them what is shipped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--bank", type=Path, nargs="+", required=True)
    parser.add_argument("--chats", type=Path)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--go-on", type=Path, help="weights to go on from")
    parser.add_argument("--all", action="store_true", help="hold nothing out")
    chosen = parser.parse_args()
    torch.manual_seed(0)
    learned, held = read_items(chosen.bank, chosen.chats)
    net = Net(chosen.layers)
    if chosen.go_on:
        net.load_state_dict(torch.load(chosen.go_on, weights_only=True))
    train(learned + (held if chosen.all else []), vocabulary(), net, chosen.epochs, chosen.rate, chosen.out)


if __name__ == "__main__":
    main()
