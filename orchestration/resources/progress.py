"""How a long step tells how far it is: a bar on a terminal, a log line each tenth elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import dagster as dg

from coachlake.progress_bar import progress_bar


@dataclass(frozen=True)
class ProgressReporter:
    """Gives assets a `(done, total)` callback."""

    is_bar: bool = False  # draw a bar on standard error instead of logging

    @contextmanager
    def reporting(self, context: dg.AssetExecutionContext, what: str) -> Iterator[Callable[[int, int], None]]:
        """A callback for the block; `what` names the work for people."""
        if self.is_bar:
            with progress_bar(what) as report:
                yield report
        else:
            yield lambda done, total: _log(context, what, done, total)


def _log(context: dg.AssetExecutionContext, what: str, done: int, total: int) -> None:
    if done and (done == total or done % max(1, total // 10) == 0):
        context.log.info(f"{what}: {done} of {total}")
