"""Which model words the replies, if any."""

import os
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class WordingConfig(BaseModel):
    """Where the model is. Nothing set: the phrasebook words every reply."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str | None = Field(default=None, description="base URL of an OpenAI-compatible endpoint, ending in /v1")
    model: str = Field(default="default", description="the endpoint's model name, or a folder of a transformers model")
    api_key: str = Field(default="none", description="sent as a bearer token; local servers ignore it")
    timeout_s: float = Field(default=4.0, gt=0, description="seconds a reply may take before the phrasebook speaks")
    is_local: bool = Field(default=False, description="load `model` with transformers in this process")


def load_config(environ: Mapping[str, str] | None = None) -> WordingConfig | None:
    """The configuration from COACHLAKE_PRACTICE_URL, _MODEL, _API_KEY and _TIMEOUT_S; None where neither a URL nor a
    local model (COACHLAKE_PRACTICE_MODEL=<folder> without a URL) is set."""
    env = os.environ if environ is None else environ
    url, model = env.get("COACHLAKE_PRACTICE_URL") or None, env.get("COACHLAKE_PRACTICE_MODEL") or None
    if url is None and model is None:
        return None
    return WordingConfig(
        url=url,
        model=model or "default",
        api_key=env.get("COACHLAKE_PRACTICE_API_KEY") or "none",
        timeout_s=float(env.get("COACHLAKE_PRACTICE_TIMEOUT_S") or 4.0),
        is_local=url is None,
    )
