"""A model behind a guard and a time limit: it words a reply, or the phrasebook does, and the session never notices."""

import logging
from collections.abc import Callable

from coachlake.practice.session import Brief
from coachlake.practice.wording.config import WordingConfig, load_config
from coachlake.practice.wording.guard import cleaned, objection
from coachlake.practice.wording.prompt import Message, messages
from coachlake.signals.kit import SignalKit

Complete = Callable[[list[Message]], str]
# A model that fails this often in a row is left alone for the rest of the session: each try costs its time limit.
_GIVE_UP_AFTER = 2
_log = logging.getLogger(__name__)


class GuardedWording:
    """Words replies with `complete`; a Wording. `refused` keeps why each reply was not used."""

    def __init__(self, complete: Complete, kit: SignalKit) -> None:
        self._complete, self._kit = complete, kit
        self._failures = 0
        self.refused: list[str] = []

    def word(self, brief: Brief) -> str | None:
        """The reply in the model's words, or None: too slow, failing, off role, or saying what must not be said."""
        if self._failures >= _GIVE_UP_AFTER:
            return None
        try:
            text = cleaned(self._complete(messages(brief)))
        except Exception as error:  # whatever a model or a network does, the session goes on
            self._failures += 1
            self._note(f"{type(error).__name__}: {error}")
            return None
        self._failures = 0
        if reason := objection(text, brief, self._kit):
            self._note(reason)
            return None
        return text

    def _note(self, reason: str) -> None:
        self.refused.append(reason)
        _log.info("reply not used: %s", reason)


def load_wording(kit: SignalKit, config: WordingConfig | None = None) -> GuardedWording | None:
    """The wording of `config` (default: of the environment); None where no model is configured."""
    config = config or load_config()
    if config is None:
        return None
    from coachlake.practice.wording.backends import endpoint, local_model

    return GuardedWording(local_model(config) if config.is_local else endpoint(config), kit)
