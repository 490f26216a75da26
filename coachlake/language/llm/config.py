"""Which language model, if any: one family of environment names, `COACHLAKE_LLM_*`."""

import os
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Use = Literal["judge", "practice"]


class LlmConfig(BaseModel):
    """Where a model is: at a URL, or in a folder where there is no URL."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str | None = Field(default=None, description="base URL of an OpenAI-compatible endpoint, ending in /v1")
    model: str | None = Field(
        default=None, description="the endpoint's model name, or a folder of a transformers model"
    )
    api_key: str = Field(default="none", description="sent as a bearer token; local servers ignore it")
    timeout_s: float = Field(default=30.0, gt=0, description="seconds one answer may take")


def load_llm_config(use: Use, timeout_s: float, environ: Mapping[str, str] | None = None) -> LlmConfig | None:
    """What COACHLAKE_LLM_URL, COACHLAKE_LLM_MODEL, COACHLAKE_LLM_API_KEY and COACHLAKE_LLM_TIMEOUT_S say.

    None where neither a URL nor a model is set.

    Each may be set for one use alone, as COACHLAKE_LLM_JUDGE_MODEL or COACHLAKE_LLM_PRACTICE_URL, which wins over the
    shared name even where it is empty. `timeout_s`: seconds an answer may take where nothing is set.
    """
    env = os.environ if environ is None else environ

    def read(name: str) -> str | None:
        shared = env.get(f"COACHLAKE_LLM_{name}")
        return env.get(f"COACHLAKE_LLM_{use.upper()}_{name}", shared) or None

    url, model = read("URL"), read("MODEL")
    if url is None and model is None:
        return None
    return LlmConfig(
        url=url, model=model, api_key=read("API_KEY") or "none", timeout_s=float(read("TIMEOUT_S") or timeout_s)
    )
