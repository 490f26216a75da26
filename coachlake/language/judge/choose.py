"""Which stronger judge, if any: a matter of the model profile and the environment."""

from collections.abc import Callable, Mapping

from coachlake.language.judge.answers import WeighedAnswers, WrittenAnswers
from coachlake.language.judge.budget import Budget
from coachlake.language.judge.question import Question
from coachlake.language.judge.stronger import Answerer, StrongerJudge
from coachlake.language.judge.verdict_cache import VerdictCache
from coachlake.language.llm.config import load_llm_config
from coachlake.language.llm.endpoint import EndpointClient
from coachlake.language.llm.local import LocalClient
from coachlake.language.types import Judge
from coachlake.models.folders import cache_folder
from coachlake.models.schema import JudgeModel

Strengthen = Callable[[Question, Judge], Judge]
_TIMEOUT_S, _RETRIES = 30.0, 1


def strengthen_with(config: JudgeModel | None, environ: Mapping[str, str] | None = None) -> Strengthen:
    """A function that puts the configured model in front of a head; it gives the head back where none is configured.

    All judges it makes share one budget (a process: each Ray actor has its own) and one cache. Raises ValueError
    where a profile asks for a judge and neither it nor the environment names a model.
    """
    if config is None:
        return lambda question, head: head
    model = _model(config, environ)
    budget = Budget(config.max_calls, config.max_tokens)
    cache = VerdictCache(cache_folder() / "verdicts")
    return lambda question, head: StrongerJudge(question, head, model, cache, budget, config.ask_below)


def _model(profile: JudgeModel, environ: Mapping[str, str] | None) -> Answerer:
    if profile.local:
        return _weighed(LocalClient(profile.local, may_download=True))
    config = load_llm_config("judge", _TIMEOUT_S, environ)
    # Verdicts are kept under the model's name, so a server's unnamed default will not do.
    if config is None or config.model is None:
        raise ValueError(
            "this profile's judge needs COACHLAKE_LLM_URL and COACHLAKE_LLM_MODEL to be set, or the latter alone to a "
            "folder of a transformers model"
        )
    if config.url is None:
        return _weighed(LocalClient(config.model))
    return WrittenAnswers(EndpointClient(config, _RETRIES))


def _weighed(client: LocalClient) -> WeighedAnswers:
    client.load()  # a model that is not there is said now, not at the first call of a night
    return WeighedAnswers(client)
