"""What any language model takes and gives here."""

from dataclasses import dataclass
from typing import Any, Protocol

Message = dict[str, str]  # role and content, as in the chat-completions protocol


class LlmError(RuntimeError):
    """A model gave no usable answer."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote, and the tokens it took (prompt and answer)."""

    text: str
    tokens: int


class LlmClient(Protocol):
    """A model that continues a chat."""

    @property
    def fingerprint(self) -> str:
        """Names the model."""
        ...

    def complete(
        self,
        messages: list[Message],
        *,
        max_tokens: int,
        temperature: float,
        schema: dict[str, Any] | None = None,
        lead: str = "",
    ) -> Completion:
        """The model's next message, at most `max_tokens` long.

        `schema`: a JSON schema the answer is to follow, where the model can be held to one; `lead`: what the answer
        begins with where a model knows no chat format. Raises LlmError where the model fails or takes too long.
        """
        ...
