"""A stronger judge in front of an embedded head: asked where the head is unsure, within a budget, never needed."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from coachlake.language.judge.budget import Budget
from coachlake.language.judge.question import Question
from coachlake.language.judge.verdict_cache import VerdictCache
from coachlake.language.types import Judge, Moment, Verdict

_log = logging.getLogger(__name__)


class AnswerError(RuntimeError):
    """A model gave no usable answer."""


class Model(Protocol):
    """A language model that answers a question about one moment."""

    @property
    def fingerprint(self) -> str:
        """Names the model and everything else an answer depends on."""
        ...

    def answer(self, question: Question, moment: Moment) -> tuple[Verdict, int]:
        """The verdict and the tokens it took. Raises AnswerError where none came."""
        ...


@dataclass(frozen=True, slots=True)
class StrongerJudge:
    """A Judge. Moments whose head verdict has at least `ask_below` confidence keep it; the others go to the model
    until the budget is spent or the model fails three times in a row, and keep the head's verdict from then on."""

    question: Question
    head: Judge
    model: Model
    cache: VerdictCache
    budget: Budget
    ask_below: float

    @property
    def fingerprint(self) -> str:
        """Names head, model, question and when it is asked."""
        return f"{self.head.fingerprint}+{self._asked}<{self.ask_below}"

    def judge(self, moments: Sequence[Moment]) -> list[Verdict]:
        """One verdict a moment, in order."""
        return [
            verdict if verdict.confidence >= self.ask_below else self._ask(moment) or verdict
            for moment, verdict in zip(moments, self.head.judge(moments), strict=True)
        ]

    @property
    def _asked(self) -> str:
        return f"{self.model.fingerprint}-{self.question.fingerprint}"

    def _ask(self, moment: Moment) -> Verdict | None:
        if known := self.cache.get(self._asked, moment):
            return known
        if not self.budget.is_left:
            return None
        self.budget.begin()
        try:
            verdict, tokens = self.model.answer(self.question, moment)
        except AnswerError as error:
            self.budget.fail()
            _log.warning("the judge did not answer %s, the embedded head decides: %s", self.question.name, error)
            return None
        self.budget.spend(tokens)
        self.cache.put(self._asked, moment, verdict)
        return verdict
