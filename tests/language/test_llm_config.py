"""One family of environment names for every use of a language model."""

from coachlake.language.llm.config import load_llm_config

_SHARED = {"COACHLAKE_LLM_URL": "http://x/v1", "COACHLAKE_LLM_MODEL": "big", "COACHLAKE_LLM_TIMEOUT_S": "2"}


def test_configuration_from_the_environment() -> None:
    assert load_llm_config("practice", 4.0, {}) is None
    remote = load_llm_config("practice", 4.0, {"COACHLAKE_LLM_URL": "http://x/v1", "COACHLAKE_LLM_TIMEOUT_S": "2"})
    assert remote is not None
    assert (remote.url, remote.timeout_s, remote.model) == ("http://x/v1", 2.0, None)
    local = load_llm_config("practice", 4.0, {"COACHLAKE_LLM_MODEL": "/models/small"})
    assert local is not None
    assert (local.url, local.model, local.timeout_s) == (None, "/models/small", 4.0)


def test_one_use_may_have_a_model_of_its_own() -> None:
    environ = _SHARED | {"COACHLAKE_LLM_JUDGE_MODEL": "small", "COACHLAKE_LLM_JUDGE_TIMEOUT_S": "9"}
    judge, practice = (load_llm_config(use, 4.0, environ) for use in ("judge", "practice"))  # type: ignore[arg-type]
    assert judge is not None
    assert practice is not None
    assert (judge.url, judge.model, judge.timeout_s) == ("http://x/v1", "small", 9.0)
    assert (practice.url, practice.model, practice.timeout_s) == ("http://x/v1", "big", 2.0)


def test_an_empty_name_of_one_use_leaves_it_without_a_model() -> None:
    environ = _SHARED | {"COACHLAKE_LLM_PRACTICE_URL": "", "COACHLAKE_LLM_PRACTICE_MODEL": ""}
    assert load_llm_config("practice", 4.0, environ) is None
    assert load_llm_config("judge", 4.0, environ) is not None
