"""What a language model is asked: one question with named answers, and a schema for its reply."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coachlake.language.judge.prompts import SYSTEM, judge_messages
from coachlake.language.llm.client import Message
from coachlake.language.types import Example, Utterance, Verdict

# Examples shown a label: enough to fix the meaning, few enough to stay cheap.
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Question:
    """A question about an utterance. `labels`: label → what it means; `examples` show where the border lies."""

    name: str
    asks: str
    labels: dict[str, str]
    examples: tuple[Example, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Hash of everything that is sent besides the utterance."""
        shown = [(example.cue, example.response, example.label) for example in self._shown()]
        content = json.dumps([SYSTEM, self.asks, self.labels, shown])
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    def messages(self, utterance: Utterance) -> list[Message]:
        """Chat messages that ask it of an utterance."""
        return judge_messages(self.asks, self.labels, self._shown(), utterance)

    def schema(self) -> dict[str, Any]:
        """JSON schema of the reply (strict structured output)."""
        return {
            "type": "object",
            "properties": {
                "label": {"type": "string", "enum": list(self.labels)},
                "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            },
            "required": ["label", "confidence"],
            "additionalProperties": False,
        }

    def verdict(self, label: str, confidence: float) -> Verdict:
        """A verdict from a reply; what the label leaves over is shared by the others. Raises ValueError where the
        label is none of the question's or the confidence is outside 0–1."""
        if label not in self.labels or not 0 <= confidence <= 1:
            raise ValueError(f"no answer to {self.name}: {label!r} with confidence {confidence}")
        rest = (1 - confidence) / max(1, len(self.labels) - 1)
        return Verdict(label, confidence, {name: confidence if name == label else rest for name in self.labels})

    def _shown(self) -> Sequence[Example]:
        return [e for label in self.labels for e in [x for x in self.examples if x.label == label][:_SHOWN]]
