"""Advice on a rubric that loads: what would score badly, with file, line and what to write instead."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coachlake.rubrics.document import Document, Location, Problem, parse
from coachlake.rubrics.load import load_rubric
from coachlake.rubrics.schema import LEVELS, Criterion, Level, Rubric

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

# Two examples of different levels this close (cosine) ask for the same sentence to earn both. The closest pair of
# the shipped rubrics is below .72; a sentence with one word exchanged is above .85.
TOO_CLOSE_FROM = 0.8
# From this share of word-for-word examples on, a rubric is a copy.
_COPIED_FROM = 0.9
_LEAST_CONTENT_WORDS = 2
# Words that name a quality or fill the sentence, but nothing anybody could point to in a recording.
_SAYS_NOTHING = frozenset(
    re.findall(
        r"\S+",
        """a an and are as at be being by call calls callers client clients customer customers customer's for from her
    him his in is it of on or rep reps agent agents she he that the their them they this throughout to towards was when
    while with during always never sometimes often rarely
    show shows showing demonstrate demonstrates display displays exhibit exhibits have has maintain maintains use uses
    provide provides give gives express expresses convey conveys keep keeps remain remains stay stays does do act acts
    behave behaves sound sounds come comes across appear appears
    very quite rather really some little no not lack lacks lacking without enough any much good bad great poor average
    excellent adequate appropriate appropriately effective effectively well strong weak high low clear clearly proper
    properly empathy empathetic empathic sympathy compassion compassionate professional professionally professionalism
    friendly friendliness polite politely politeness courteous positive negative attitude tone rapport helpful
    helpfulness engaged engaging engagement confident confidence caring warm warmth listening listens attentive
    attentively patience patient patiently respect respectful respectfully skill skills level quality service
    communication communicates manner way understanding""",
    )
)


def check_rubric(path: Path, encode: Encode | None, originals: Sequence[Rubric] = ()) -> list[Problem]:
    """Advice on the rubric in a file, in order of line; empty where there is nothing to say.

    `encode` turns n texts into n unit vectors (without it, only identical examples count as too close);
    `originals` are rubrics it may have been copied from. Raises RubricError with every reason it cannot be used.
    """
    rubric, document = load_rubric(path), parse(path)
    found = [
        problem
        for position, criterion in enumerate(rubric.criteria)
        for check in (_generic_anchors, _missing_hard_negatives, _contradictions)
        for problem in check(criterion, document, position)
    ]
    if encode is not None:
        for position, criterion in enumerate(rubric.criteria):
            found += _too_close(criterion, document, position, encode)
    found += _copied(rubric, document, originals)
    return sorted(found, key=lambda problem: problem.line)


def is_generic(description: str) -> bool:
    """Whether a description names a quality ("shows empathy") but no action anyone could hear or not hear."""
    words = re.findall(r"[a-z][a-z'-]*", description.lower())
    return len([word for word in words if word not in _SAYS_NOTHING]) < _LEAST_CONTENT_WORDS


def _generic_anchors(criterion: Criterion, document: Document, position: int) -> Iterator[Problem]:
    for level in LEVELS:
        description = criterion.anchors.of(level).description
        if is_generic(description):
            yield document.problem(
                ("criteria", position, "anchors", level, "description"),
                f'"{description}" names a quality, nothing one could hear: write what the rep says or does, such as '
                '"names the customer\'s situation before the next step"',
            )


def _missing_hard_negatives(criterion: Criterion, document: Document, position: int) -> Iterator[Problem]:
    if not criterion.is_judged or any(criterion.anchors.of(level).hard_negatives for level in LEVELS):
        return
    yield document.problem(
        ("criteria", position, "anchors"),
        "no hard negatives: without them the scorer learns the topic instead of the behaviour. Under the level it "
        "sounds like, add `hard_negatives: [{says: ..., is_really: poor}]` with a sentence that has the words but "
        "not the behaviour",
    )


def _contradictions(criterion: Criterion, document: Document, position: int) -> Iterator[Problem]:
    """The same sentence under two levels."""
    places = list(_sentences(criterion, position))
    for (text, level, _), (other, other_level, place) in combinations(places, 2):
        if _plain(text) == _plain(other) and level != other_level:
            message = f'"{other}" is {other_level} here and {level} elsewhere: decide for one'
            yield document.problem(place, message)


def _too_close(criterion: Criterion, document: Document, position: int, encode: Encode) -> Iterator[Problem]:
    if not criterion.is_judged:
        return
    places = [entry for entry in _sentences(criterion, position) if "examples" in entry[2]]
    vectors = encode([text for text, _, _ in places])
    closeness = vectors @ vectors.T
    for (i, (text, level, _)), (j, (other, other_level, place)) in combinations(enumerate(places), 2):
        if level != other_level and closeness[i, j] >= TOO_CLOSE_FROM and _plain(text) != _plain(other):
            yield document.problem(
                place,
                f'"{other}" ({other_level}) and "{text}" ({level}) say almost the same '
                f"({closeness[i, j]:.2f} of 1): keep one, or make plain in the words what separates the levels",
            )


def _copied(rubric: Rubric, document: Document, originals: Sequence[Rubric]) -> Iterator[Problem]:
    by_id = {original.id: original for original in originals if original.id != rubric.id}
    if rubric.based_on and rubric.based_on not in by_id:
        known = ", ".join(sorted(by_id)) or "none"
        yield document.problem(("based_on",), f"there is no rubric {rubric.based_on!r}: write one of {known}")
    candidates = [by_id[rubric.based_on]] if rubric.based_on in by_id else list(by_id.values())
    for original in candidates:
        kept = [criterion.id for criterion in rubric.criteria if _is_copy(criterion, original)]
        if len(kept) == len(rubric.criteria):
            yield document.problem(
                ("criteria",),
                f"all {len(kept)} criteria are word for word those of {original.id}: put in what is said on your "
                "own calls, at least the examples of each level",
            )
        elif rubric.based_on == original.id and kept:
            yield document.problem(
                ("criteria",), f"still word for word from {original.id}: {', '.join(kept)}; write your own examples"
            )


def _is_copy(criterion: Criterion, original: Rubric) -> bool:
    theirs = {_plain(text) for other in original.criteria for text, _, _ in _sentences(other, 0)}
    ours = [_plain(text) for text, _, _ in _sentences(criterion, 0)]
    return sum(text in theirs for text in ours) >= _COPIED_FROM * len(ours)


def _sentences(criterion: Criterion, position: int) -> Iterator[tuple[str, Level | str, Location]]:
    """Each example and hard negative: its text, the level it earns, its place in the file."""
    for level in LEVELS:
        anchor = criterion.anchors.of(level)
        place: Location = ("criteria", position, "anchors", level)
        for index, text in enumerate(anchor.examples):
            yield text, level, (*place, "examples", index)
        for index, negative in enumerate(anchor.hard_negatives):
            yield negative.says, negative.is_really, (*place, "hard_negatives", index)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))
