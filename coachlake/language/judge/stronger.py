"""A stronger judge in front of an embedded head: asked where the head is unsure, within a budget, never needed."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from coachlake.language.judge.budget import Budget
from coachlake.language.judge.question import Question
from coachlake.language.judge.verdict_cache import VerdictCache
from coachlake.language.llm.client import LlmError
from coachlake.language.types import Judge, Utterance, Verdict

_log = logging.getLogger(__name__)


class Answerer(Protocol):
    """A language model that answers a question about one utterance."""

    @property
    def fingerprint(self) -> str:
        """Names the model and everything else an answer depends on."""
        ...

    def answer(self, question: Question, utterance: Utterance) -> tuple[Verdict, int]:
        """The verdict and the tokens it took. Raises LlmError where none came."""
        ...


@dataclass(frozen=True, slots=True)
class StrongerJudge:
    """A Judge. Moments whose head verdict has at least `ask_below` confidence keep it; the others go to the model
    until the budget is spent or the model fails three times in a row, and keep the head's verdict from then on."""

    question: Question
    head: Judge
    model: Answerer
    cache: VerdictCache
    budget: Budget
    ask_below: float

    @property
    def fingerprint(self) -> str:
        """Names head, model, question and when it is asked."""
        return f"{self.head.fingerprint}+{self._asked}<{self.ask_below}"

    def judge(self, utterances: Sequence[Utterance]) -> list[Verdict]:
        """One verdict an utterance, in order."""
        return [
            verdict if verdict.confidence >= self.ask_below else self._ask(utterance) or verdict
            for utterance, verdict in zip(utterances, self.head.judge(utterances), strict=True)
        ]

    @property
    def _asked(self) -> str:
        return f"{self.model.fingerprint}-{self.question.fingerprint}"

    def _ask(self, utterance: Utterance) -> Verdict | None:
        if known := self.cache.get(self._asked, utterance):
            return known
        if not self.budget.is_left:
            return None
        self.budget.begin()
        try:
            verdict, tokens = self.model.answer(self.question, utterance)
        except LlmError as error:
            self.budget.fail()
            _log.warning("the judge did not answer %s, the embedded head decides: %s", self.question.name, error)
            return None
        self.budget.spend(tokens)
        self.cache.put(self._asked, utterance, verdict)
        return verdict
