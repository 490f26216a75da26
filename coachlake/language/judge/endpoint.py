"""A judge behind an OpenAI-compatible endpoint, with structured output."""

import json
from typing import Any

from coachlake.language.judge.question import Question
from coachlake.language.judge.stronger import AnswerError
from coachlake.language.types import Moment, Verdict

_TIMEOUT_S = 30.0
# The reply is one short object; more would be a model that does not follow the schema.
_REPLY_TOKENS = 60


class EndpointModel:
    """A chat model at `url` (its `/v1` base). Temperature 0; retries once, as the client does."""

    def __init__(self, url: str, model: str, api_key: str | None = None) -> None:
        from openai import OpenAI

        self._client = OpenAI(base_url=url, api_key=api_key or "none", timeout=_TIMEOUT_S, max_retries=1)
        self._model = model
        self.fingerprint = f"endpoint-{model}"

    def answer(self, question: Question, moment: Moment) -> tuple[Verdict, int]:
        """The verdict and the tokens it took. Raises AnswerError where the endpoint fails or answers out of schema."""
        from openai import OpenAIError

        try:
            reply: Any = self._client.chat.completions.create(**self._request(question, moment))
        except OpenAIError as error:
            raise AnswerError(f"{type(error).__name__}: {error}") from error
        tokens = reply.usage.total_tokens if reply.usage else _REPLY_TOKENS
        return _verdict(question, reply.choices[0].message.content if reply.choices else None), tokens

    def _request(self, question: Question, moment: Moment) -> dict[str, Any]:
        schema = {"name": question.name, "strict": True, "schema": question.schema()}
        return {
            "model": self._model,
            "messages": question.messages(moment),
            "temperature": 0,
            "max_tokens": _REPLY_TOKENS,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }


def _verdict(question: Question, content: str | None) -> Verdict:
    try:
        document: Any = json.loads(content or "")
        return question.verdict(str(document["label"]), float(document["confidence"]))
    except (ValueError, KeyError, TypeError) as error:
        raise AnswerError(f"the reply is out of schema: {content!r}") from error
