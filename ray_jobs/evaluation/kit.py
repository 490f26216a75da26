"""What tasks share: models are loaded once, and only where a task asks for them."""

from functools import cached_property

from ray_jobs.signals import SignalKit, load_signal_kit


class EvaluationKit:
    """The models of one profile, loaded on first use."""

    def __init__(self, profile: str = "embedded") -> None:
        self.profile = profile

    @cached_property
    def signals(self) -> SignalKit:
        """The encoder and heads every text signal uses."""
        return load_signal_kit(self.profile)
