"""Which stronger judge, if any: a matter of the model profile and the environment."""

import os
from collections.abc import Callable, Mapping

from coachlake.language.judge.budget import Budget
from coachlake.language.judge.endpoint import EndpointModel
from coachlake.language.judge.local_model import LocalModel
from coachlake.language.judge.question import Question
from coachlake.language.judge.stronger import Model, StrongerJudge
from coachlake.language.judge.verdict_cache import VerdictCache
from coachlake.language.types import Judge
from coachlake.models.profiles import JudgeModel
from coachlake.models.weights import cache_folder

Strengthen = Callable[[Question, Judge], Judge]


def strengthen_with(config: JudgeModel | None, environ: Mapping[str, str] | None = None) -> Strengthen:
    """A function that puts the configured model in front of a head; it gives the head back where none is configured.

    All judges it makes share one budget (a process: each Ray actor has its own) and one cache. Raises ValueError
    where a profile asks for a judge and the variables it names are not set.
    """
    if config is None:
        return lambda question, head: head
    model = _model(config, os.environ if environ is None else environ)
    budget = Budget(config.max_calls, config.max_tokens)
    cache = VerdictCache(cache_folder() / "verdicts")
    return lambda question, head: StrongerJudge(question, head, model, cache, budget, config.ask_below)


def _model(config: JudgeModel, environ: Mapping[str, str]) -> Model:
    if config.local:
        return LocalModel(config.local)
    url, name = environ.get(config.url_env or ""), environ.get(config.model_env or "")
    if not url or not name:
        raise ValueError(f"this profile's judge needs {config.url_env} and {config.model_env} to be set")
    return EndpointModel(url, name, environ.get(config.key_env or ""))
