"""The project's own labelled examples, one file a question asked of a sentence."""

from functools import cache
from pathlib import Path

from coachlake.language.types import Example
from coachlake.signals.labelled import labelled


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
    return (*load_examples(name), *_fitted(name), *borrowed)


def _fitted(name: str) -> list[Example]:
    """The part of the labelled files that heads may learn from, in the names of this question."""
    file, names = _LABELLED.get(name, ("", {}))
    return [
        Example(entry["says"], names.get(entry["label"], entry["label"]), entry.get("cue"))
        for entry in (labelled(file, "fit") if file else ())
    ]


# question → (file of labelled moments, its labels where they are called otherwise)
_LABELLED: dict[str, tuple[str, dict[str, str]]] = {
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


def _example(entry: str | dict[str, str], label: str) -> Example:
    return Example(entry, label) if isinstance(entry, str) else Example(entry["says"], label, entry["cue"])


def _document(name: str) -> dict[str, list[str | dict[str, str]]]:
    from ruamel.yaml import YAML

    path = Path(__file__).with_name(f"{name}.yaml")
    document: dict[str, list[str | dict[str, str]]] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return document
