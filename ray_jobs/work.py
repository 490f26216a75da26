"""One call on its way through the pipeline, as a row Ray Data can carry."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from coachlake.conversations.transcript import Role
from coachlake.lake.rows import CallFacts
from coachlake.timings import Timing

_AS_JSON = ("answers", "rules", "struck", "timings")


@dataclass(frozen=True, slots=True)
class CallWork:
    """A call to be transcribed and scored. `reason` is set as soon as it can go no further."""

    facts: CallFacts
    transcript_key: str
    rubric_id: str
    answers: dict[str, Role] = field(default_factory=dict)  # participant label → role, as people said
    rules: dict[str, str] = field(default_factory=dict)  # labels_key of everybody who speaks → label of the rep
    struck: list[list[Any]] = field(default_factory=list)  # moments that do not count, as `Struck` lists them
    reason: str | None = None
    is_retryable: bool = False
    timings: list[Timing] = field(default_factory=list)  # of the stages it went through in this run
    queued_s: float = 0.0  # since when it waits for a worker, of `time.time()`
    staged_url: str | None = None

    def to_row(self) -> dict[str, Any]:
        """As a flat row: facts as JSON text, the rest as columns."""
        said = {name: json.dumps(getattr(self, name), default=asdict) for name in _AS_JSON}
        return asdict(self) | {"facts": json.dumps(asdict(self.facts), default=str)} | said

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> "CallWork":
        """The inverse of `to_row`."""
        facts = json.loads(row["facts"])
        facts["started_at"] = datetime.fromisoformat(facts["started_at"]) if facts["started_at"] else None
        facts["batch_date"] = date.fromisoformat(facts["batch_date"])
        facts["rep_hired_on"] = date.fromisoformat(facts["rep_hired_on"]) if facts["rep_hired_on"] else None
        said = {name: json.loads(row[name]) for name in _AS_JSON}
        said["timings"] = [Timing(**timing) for timing in said["timings"]]
        return cls(**(row | {"facts": CallFacts(**facts)} | said))
