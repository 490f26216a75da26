"""A model behind an OpenAI-compatible endpoint."""

from typing import Any

from coachlake.language.llm.client import Completion, LlmError, Message
from coachlake.language.llm.config import LlmConfig


class EndpointClient:
    """Chat completions from `config.url`; an LlmClient. `retries`: how often a failed request is sent again."""

    def __init__(self, config: LlmConfig, retries: int = 0) -> None:
        from openai import OpenAI

        self._client = OpenAI(
            base_url=config.url, api_key=config.api_key, timeout=config.timeout_s, max_retries=retries
        )
        self._model = config.model or "default"
        self.fingerprint = f"endpoint-{self._model}"

    def complete(
        self,
        messages: list[Message],
        *,
        max_tokens: int,
        temperature: float,
        schema: dict[str, Any] | None = None,
        lead: str = "",  # the server knows its model's chat format
    ) -> Completion:
        """See LlmClient. `tokens` is `max_tokens` where the server does not say how many it took."""
        from openai import OpenAIError

        request: dict[str, Any] = {
            "model": self._model, "messages": messages, "max_tokens": max_tokens, "temperature": temperature,
        }  # fmt: skip
        if schema is not None:
            request["response_format"] = {"type": "json_schema", "json_schema": schema}
        try:
            reply: Any = self._client.chat.completions.create(**request)
        except OpenAIError as error:
            raise LlmError(f"{type(error).__name__}: {error}") from error
        text = (reply.choices[0].message.content if reply.choices else None) or ""
        return Completion(str(text), reply.usage.total_tokens if reply.usage else max_tokens)
