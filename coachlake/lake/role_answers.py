"""Who the rep is, as people said when asked: for one call, or as a rule for calls like it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from coachlake.conversations.known import labels_key
from coachlake.conversations.transcript import Role
from coachlake.lake.connection import ALIAS, create_raw_tables, lake
from coachlake.lake.tables import ROLE_ANSWERS
from coachlake.lake.writer import upsert
from coachlake.settings import Settings


@dataclass(frozen=True, slots=True)
class RoleAnswers:
    """`calls`: call_id → label of the rep. `rules`: queue → (labels of everybody shown, label of the rep)."""

    calls: dict[str, str] = field(default_factory=dict)
    rules: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)

    def of(self, call_id: str) -> dict[str, Role]:
        """participant label → role by the call's own answer; empty where there is none."""
        return {self.calls[call_id]: "rep"} if call_id in self.calls else {}

    def rules_of(self, queue: str | None) -> dict[str, str]:
        """The rules of a queue: `labels_key` of everybody who speaks → the label of the rep."""
        return {labels_key(labels): label for labels, label in self.rules.get(queue or "", [])}


def role_answers(settings: Settings) -> RoleAnswers:
    """Everything people have said so far, the newest answer to a question in force."""
    with lake(settings) as connection:
        create_raw_tables(connection)
        query = f"SELECT call_id, label, queue, labels FROM {ALIAS}.raw.role_answers ORDER BY answered_at, answer_id"
        rows: list[Any] = connection.execute(query).fetchall()
    calls = {call_id: label for call_id, label, queue, _ in rows if queue is None}
    rules: dict[str, dict[tuple[str, ...], str]] = {}
    for _, label, queue, labels in rows:
        if queue is not None:
            rules.setdefault(queue, {})[tuple(labels or ())] = label
    return RoleAnswers(calls, {queue: list(of.items()) for queue, of in rules.items()})


def answer_who_is_rep(
    settings: Settings,
    *,
    call_id: str,
    label: str,
    answered_by: str,
    labels: Sequence[str] = (),
    queue: str | None = None,
) -> str:
    """Keep that `label` is the rep of a call, or (with `queue`) of that queue's calls with the same labels; its id.

    The call is scored by it in the next run of its night; its recording is not transcribed again. Raises ValueError
    for a label that is not among `labels` where these are given.
    """
    if labels and label not in labels:
        raise ValueError(f"{label!r} is nobody in this call: there are {', '.join(labels)}")
    answer = {
        "answer_id": uuid.uuid4().hex[:16],
        "call_id": call_id,
        "label": label,
        "queue": queue,
        "labels": sorted(labels),
        "answered_by": answered_by,
        "answered_at": datetime.now(UTC),
    }
    upsert(settings, "role_answers", pa.Table.from_pylist([answer], schema=ROLE_ANSWERS))
    return str(answer["answer_id"])
