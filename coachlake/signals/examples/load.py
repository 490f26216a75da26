"""What heads learn from: the examples of each question, and moments labelled over three lines of business."""

from functools import cache
from pathlib import Path
from typing import Any

from coachlake.language.types import Example
from coachlake.yaml_files import read_yaml


@cache
def load_examples(name: str) -> tuple[Example, ...]:
    """The examples of `<name>.yaml`: label → sentences, some with the cue they answer (`{cue, says}`).

    Raises FileNotFoundError for a name that is not there.
    """
    return tuple(_example(entry, label) for label, entries in _document(name).items() for entry in entries)


@cache
def with_neighbours(name: str) -> tuple[Example, ...]:
    """The examples of `name` plus, as further cases where its behaviour is absent, those of its neighbours.

    What is a hedge or an acknowledgement has to be told from everything else a rep says, not only from the few
    sentences written against it.
    """
    absent, neighbours = _NEIGHBOURS[name]
    known = {example.response for example in load_examples(name)}
    borrowed = [
        Example(example.response, absent, example.cue)
        for other, label in neighbours
        for example in load_examples(other)
        if example.label == label and example.response not in known
    ]
    return (*load_examples(name), *_of_moments(name), *borrowed)


def labelled_moments(name: str) -> tuple[dict[str, Any], ...]:
    """The entries of `moments/<name>.yaml`: `line` (of business), `says`, `label`, some with their `cue`."""
    return tuple(_document(f"moments/{name}"))


def _of_moments(name: str) -> list[Example]:
    """The labelled moments in the names of this question."""
    file, names = _MOMENTS.get(name, ("", {}))
    return [
        Example(entry["says"], names.get(entry["label"], entry["label"]), entry.get("cue"))
        for entry in (labelled_moments(file) if file else ())
    ]


# question → (file of labelled moments, its labels where they are called otherwise)
_MOMENTS: dict[str, tuple[str, dict[str, str]]] = {
    "hedge": ("hedge", {}),
    "acknowledgement": ("empathy", {"good": "specific", "average": "generic", "poor": "none"}),
    "escalation": ("escalation", {}),
}

# question → (the label that means absent, where else the behaviour is known to be absent)
_NEIGHBOURS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "empathy_cue": ("none", (("rejection", "other"),)),
    "acknowledgement": ("none", (("solution", "solution"), ("solution", "other"), ("hedge", "firm"))),
    "hedge": ("firm", (("solution", "other"), ("tension", "composed"), ("paraphrase", "paraphrase"))),
    "paraphrase": ("other", ()),
    "solution": ("other", (("acknowledgement", "generic"), ("paraphrase", "paraphrase"), ("tension", "tense"))),
    "escalation": ("calm", (("empathy_cue", "none"), ("rejection", "other"))),
    "tension": ("composed", (("acknowledgement", "specific"), ("solution", "solution"), ("solution", "other"))),
    "warmth": ("none", ()),
    "rejection": (
        "other",
        (("empathy_cue", "none"), ("empathy_cue", "cue"), ("escalation", "calm"), ("escalation", "heated")),
    ),
}
# The questions that have examples.
EXAMPLE_NAMES = tuple(_NEIGHBOURS)


def _example(entry: str | dict[str, str], label: str) -> Example:
    return Example(entry, label) if isinstance(entry, str) else Example(entry["says"], label, entry["cue"])


def _document(name: str) -> Any:
    return read_yaml(Path(__file__).parent / f"{name}.yaml")
