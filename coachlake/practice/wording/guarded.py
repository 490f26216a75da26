"""A model behind a guard and a time limit: where it may not or cannot word a reply, the draft stands."""

import logging

from coachlake.language.llm.client import LlmClient
from coachlake.language.llm.config import LlmConfig, load_llm_config
from coachlake.language.llm.endpoint import EndpointClient
from coachlake.language.llm.local import LocalClient
from coachlake.practice.session import Brief
from coachlake.practice.wording.guard import cleaned, objection
from coachlake.practice.wording.prompts import LEAD, messages
from coachlake.signals.kit import SignalKit

_MOST_TOKENS, _TEMPERATURE = 120, 0.8
# Seconds a reply may take before the customer's own wording is used.
_TIMEOUT_S = 4.0
# A model that fails this often in a row is left alone for the rest of the session: each try costs its time limit.
_GIVE_UP_AFTER = 2
_log = logging.getLogger(__name__)


class GuardedWording:
    """Words replies with a language model; a Wording. `refused` keeps why each reply was not used."""

    def __init__(self, client: LlmClient, kit: SignalKit) -> None:
        self._client, self._kit = client, kit
        self._failures = 0
        self.refused: list[str] = []

    def word(self, brief: Brief) -> str | None:
        """The reply in the model's words, or None: too slow, failing, off role, or saying what must not be said."""
        if self._failures >= _GIVE_UP_AFTER:
            return None
        try:
            said = self._client.complete(messages(brief), max_tokens=_MOST_TOKENS, temperature=_TEMPERATURE, lead=LEAD)
        except Exception as error:  # whatever a model or a network does, the session goes on
            self._failures += 1
            self._note(f"{type(error).__name__}: {error}")
            return None
        self._failures = 0
        text = cleaned(said.text)
        if reason := objection(text, brief, self._kit):
            self._note(reason)
            return None
        return text

    def _note(self, reason: str) -> None:
        self.refused.append(reason)
        _log.info("reply not used: %s", reason)


def load_wording(kit: SignalKit, config: LlmConfig | None = None) -> GuardedWording | None:
    """The wording of `config` (default: what the environment says for practice); None where no model is named."""
    config = config or load_llm_config("practice", _TIMEOUT_S)
    if config is None:
        return None
    if config.url is None:
        return GuardedWording(LocalClient(config.model or "", config.timeout_s), kit)
    return GuardedWording(EndpointClient(config), kit)
