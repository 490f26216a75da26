"""The project's own labelled moments, over three lines of business, written and labelled by its authors.

`fit` entries extend what heads learn from; `held_out` entries are measured on and no head ever sees them.
`second_pass.yaml` holds a second labelling of the held-out texts, made from the shuffled texts alone
(phases from the calls with the first labels hidden).
"""

from functools import cache
from pathlib import Path
from typing import Any

FILES = ("hedge", "empathy", "escalation", "phases", "adaptability")


@cache
def labelled(name: str, part: str) -> tuple[dict[str, Any], ...]:
    """The entries of `<name>.yaml` under `fit` or `held_out`; empty where the file has no such part."""
    from ruamel.yaml import YAML

    document = YAML(typ="safe").load(Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(document.get(part, ()))
