"""What a run waits for and takes over, told while it happens."""

import time

from rich.console import Console
from rich.markup import escape

from orchestration.runs.dead_runs import DeadRun

# Where there is no terminal to write over, what is waited for is told again after this long, if it has changed.
_AGAIN_S = 60.0


class Says:
    """Tells on standard error."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, soft_wrap=True)
        self._status = self._console.status("") if self._console.is_terminal else None
        self._told, self._told_at = "", -_AGAIN_S

    def took_over(self, dead: DeadRun) -> None:
        """A killed run makes way; what it had finished is kept."""
        self._console.print(f"{dead} without a word: taken over, its finished work is kept", highlight=False)

    def waiting(self, what: str | None) -> None:
        """Waiting for `what`; None: no longer."""
        if self._status is not None:
            if what is None:
                self._status.stop()
            else:
                self._status.update(f"waiting for {escape(what)}")
                self._status.start()
        elif what is not None and what != self._told and time.monotonic() - self._told_at >= _AGAIN_S:
            self._console.print(f"waiting for {escape(what)}", highlight=False)
            self._told, self._told_at = what, time.monotonic()
