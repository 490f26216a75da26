"""Calls spoken with each identifier as a stretch of its own, so that its seconds are known."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.redaction_calls import call
from benchmarks.redaction_heard.excerpts import FIRST_LOT, Identifier, excerpts
from coachlake.conversations.conversation import Speaker
from demonstration.dialogue import Line
from demonstration.speech import Recipe, speak

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGNS = {"@": " at ", "_": " underscore ", "/": " ", "(": " ", ")": " ", "+": " plus "}
_REP_PITCH, _CUSTOMER_PITCHES = 0.94, (0.86, 1.0, 1.12)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one person's speech; `kind` is that of an identifier, None where it is none."""

    speaker: Speaker
    text: str
    kind: str | None
    source: str  # development | held_out | generated


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece with its seconds in the recording."""

    piece: Piece
    start_s: float
    end_s: float


def calls(generated: int, seed: int) -> Iterator[tuple[str, list[Piece]]]:
    """(name, pieces) of every excerpt that has an identifier, and of so many generated calls."""
    for number, excerpt in enumerate(excerpts()):
        if excerpt.source in FIRST_LOT and any(one.kind for one in excerpt.identifiers):
            yield f"{excerpt.half}-{number:03d}", list(_pieces_of(excerpt.turns, excerpt.identifiers, excerpt.half))
    rng = random.Random(seed)
    for number in range(generated):
        made = call(rng)
        yield (
            f"generated-{number:03d}",
            [
                Piece(_speaker(who), part.text, part.kind, "generated")
                for who, parts in made.turns
                for part in parts
                if re.search(r"\w", part.text)
            ],
        )


def _pieces_of(turns: tuple[tuple[str, str], ...], identifiers: tuple[Identifier, ...], half: str) -> Iterator[Piece]:
    for turn, (who, text) in enumerate(turns):
        words, at = text.split(), 0
        for one in (one for one in identifiers if one.turn == turn and one.kind):
            if at < one.tokens.start:
                yield Piece(_speaker(who), " ".join(words[at : one.tokens.start]), None, half)
            yield Piece(_speaker(who), one.text, one.kind, half)
            at = one.tokens.stop
        if at < len(words):
            yield Piece(_speaker(who), " ".join(words[at:]), None, half)


def _speaker(who: str) -> Speaker:
    return "rep" if who in ("R", "rep") else "customer"


def said(text: str) -> str:
    """A text as a voice is given it: digits one by one, signs of e-mail addresses by their names."""
    text = re.sub(r"£(\d+)\.(\d+)", r"\1 pounds \2", text)
    text = re.sub(r"(?<=\w)\.(?=\w)", " dot ", text)
    text = re.sub(r"[@_/()+]", lambda sign: _SIGNS[sign.group()], text)
    text = re.sub(r"(?<=\d)-|-(?=\d)", " ", text)
    text = re.sub(r"\d", lambda digit: f" {_DIGITS[int(digit.group())]} ", text)
    text = re.sub(r"\b[A-Z]{2,4}\b", lambda word: " ".join(word.group()), text)
    return re.sub(r"\s+([.,?!])", r"\1", re.sub(r"\s+", " ", text)).strip()


def spoken(name: str, pieces: list[Piece], folder: Path) -> tuple[Path, list[Spoken]]:
    """The recording (8 kHz telephone band, rep left, customer right) and its pieces' seconds, kept in `folder`."""
    path, times = folder / f"{name}.wav", folder / f"{name}.json"
    lines = [Line(piece.speaker, said(piece.text)) for piece in pieces]
    texts = [line.text for line in lines]
    kept = json.loads(times.read_text(encoding="utf-8")) if times.exists() else {}
    if kept.get("texts") != texts:
        number = int(name.rpartition("-")[2])
        recipe = Recipe(path, "rep_left", _REP_PITCH, _CUSTOMER_PITCHES[number % len(_CUSTOMER_PITCHES)], number + 1)
        spans = [(one.start_s, one.end_s) for one in speak(lines, recipe)]
        kept = {"texts": texts, "spans": spans}
        times.write_text(json.dumps(kept), encoding="utf-8")
    return path, [Spoken(piece, *span) for piece, span in zip(pieces, kept["spans"], strict=True)]
