"""The project's own held-out moments over three lines of business, written and labelled by its authors.

They are measured on, and no head ever sees them: what heads learn from lies with `coachlake.signals.examples`.
`second_pass.yaml` holds a second labelling of the same texts, made from the shuffled texts alone (phases from the
calls with the first labels hidden). `acts.yaml` and `traps.yaml` were labelled once, by somebody who had read nothing
of how the product judges.
"""

from functools import cache
from pathlib import Path
from typing import Any

from coachlake.yaml_files import read_yaml

# Two labelled passes each; `escalation` and `adaptability` have since been read by authors of the product's patterns.
HELD_OUT = ("hedge", "empathy", "escalation", "phases", "adaptability")
# Written without reading signals, patterns, examples or bank; measured, never tuned on.
BLIND = ("acts", "traps")


def held_out(name: str) -> tuple[dict[str, Any], ...]:
    """The entries of `<name>.yaml`. Raises FileNotFoundError for a name that is not there."""
    return tuple(_document(name)["held_out"])


def second_pass(name: str) -> tuple[dict[str, Any], ...]:
    """The same texts as they were labelled the second time; empty where there was no second pass."""
    return tuple(_document("second_pass").get(name, ()))


@cache
def _document(name: str) -> dict[str, list[dict[str, Any]]]:
    document: dict[str, list[dict[str, Any]]] = read_yaml(Path(__file__).with_name(f"{name}.yaml"))
    return document
