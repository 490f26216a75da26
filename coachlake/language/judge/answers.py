"""A judge's answer from a language model: written under a schema by an endpoint, or weighed by a local model."""

import json
from typing import Any

import numpy as np

from coachlake.language.judge.prompts import LEAD
from coachlake.language.judge.question import Question
from coachlake.language.llm.client import LlmClient, LlmError
from coachlake.language.llm.local import LocalClient
from coachlake.language.types import Utterance, Verdict

# The reply is one short object; more would be a model that does not follow the schema.
_REPLY_TOKENS = 60


class WrittenAnswers:
    """A chat model that writes label and confidence as JSON, at temperature 0; an Answerer."""

    def __init__(self, client: LlmClient) -> None:
        self._client = client
        self.fingerprint = client.fingerprint

    def answer(self, question: Question, utterance: Utterance) -> tuple[Verdict, int]:
        """The verdict and the tokens it took. Raises LlmError where the model fails or answers out of schema."""
        schema = {"name": question.name, "strict": True, "schema": question.schema()}
        reply = self._client.complete(
            question.messages(utterance), max_tokens=_REPLY_TOKENS, temperature=0, schema=schema
        )
        return _verdict(question, reply.text), reply.tokens


class WeighedAnswers:
    """A local model that is asked how likely it finds each label; an Answerer. Nothing is generated, so every answer
    is one of the labels and comes with a probability."""

    def __init__(self, client: LocalClient) -> None:
        self._client = client
        self.fingerprint = client.fingerprint

    def answer(self, question: Question, utterance: Utterance) -> tuple[Verdict, int]:
        """The verdict and the tokens read."""
        names = list(question.labels)
        scores, tokens = self._client.likelihoods(question.messages(utterance), names, LEAD)
        weights = np.exp(np.array(scores) - max(scores))
        shares = weights / weights.sum()
        best = int(shares.argmax())
        chances = {name: float(p) for name, p in zip(names, shares, strict=True)}
        return Verdict(names[best], float(shares[best]), chances), tokens


def _verdict(question: Question, content: str) -> Verdict:
    try:
        document: Any = json.loads(content)
        return question.verdict(str(document["label"]), float(document["confidence"]))
    except (ValueError, KeyError, TypeError) as error:
        raise LlmError(f"the reply is out of schema: {content!r}") from error
