"""A bound on what a stronger judge may cost in one process."""

from dataclasses import dataclass

# After this many failures in a row the model is not asked again by this process.
_FAILURES_IN_A_ROW = 3


@dataclass(slots=True)
class Budget:
    """Calls and tokens left to spend. A call is only begun while both are left."""

    max_calls: int
    max_tokens: int
    calls: int = 0
    tokens: int = 0
    failures: int = 0

    @property
    def is_left(self) -> bool:
        """Whether another call may be made."""
        return (
            self.calls < self.max_calls and self.tokens < self.max_tokens and self.failures < _FAILURES_IN_A_ROW
        )  # fmt: skip

    def spend(self, tokens: int) -> None:
        """One call that came back."""
        self.tokens += tokens
        self.failures = 0

    def begin(self) -> None:
        """One call that is about to be made."""
        self.calls += 1

    def fail(self) -> None:
        """One call that did not come back with an answer."""
        self.failures += 1
