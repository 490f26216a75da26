"""A language model that words the customer's replies. State and facts stay with us; what it may not say is not said."""

from practice.wording.config import WordingConfig, load_config
from practice.wording.guarded import GuardedWording, load_wording

__all__ = ["GuardedWording", "WordingConfig", "load_config", "load_wording"]
