"""What is known of a call's people before anyone reads it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from coachlake.conversations.transcript import Role

Direction = Literal["inbound", "outbound"]
Layout = Literal["rep_left", "rep_right", "mono"]
# As the call facts name them.
DIRECTIONS: dict[str, Direction] = {"inbound": "inbound", "outbound": "outbound"}
LAYOUT_OF_CHANNEL: dict[str, Layout] = {"left": "rep_left", "right": "rep_right"}


@dataclass(frozen=True, slots=True)
class Known:
    """From the call facts: the rep's name, the channel the rep is on, who called whom. `answers`: what a person said
    when asked who is who (participant label → role); it settles the matter. `rule`: the label of the rep by what a
    person said of the call's whole source; it stands for the layout and the source's roles. None or empty: not known.
    """

    rep_name: str | None = None
    channel_layout: Layout | None = None
    direction: Direction | None = None
    answers: Mapping[str, Role] = field(default_factory=dict)
    rule: str | None = None


def labels_key(labels: Sequence[str]) -> str:
    """Labels in any order as one text: a rule holds for calls in which exactly these people speak."""
    return json.dumps(sorted(labels), ensure_ascii=False)


DecidedBy = Literal["answer", "rule", "channel_layout", "rep_name", "source_roles", "words", "undecided"]


@dataclass(frozen=True, slots=True)
class Roles:
    """Who is who. `of`: participant label → role; `decided_by` names the strongest evidence, `confidence` is 0–1.

    `question` is None where the call may be scored; else why a person is asked ("the layout says the rep is on the
    left, but the left channel speaks as a customer").
    """

    of: Mapping[str, Role]
    decided_by: DecidedBy
    confidence: float
    question: str | None = None
