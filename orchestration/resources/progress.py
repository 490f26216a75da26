"""How a long step tells how far it is: a bar on a terminal, a log line each tenth elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial

import dagster as dg

from coachlake.progress_bar import progress_bar
from orchestration.runs.progress_file import Progress, ProgressFile


@dataclass(frozen=True)
class ProgressReporter:
    """Gives assets a `(done, total)` callback."""

    is_bar: bool = False  # draw a bar on standard error instead of logging

    @contextmanager
    def reporting(self, context: dg.AssetExecutionContext, what: str) -> Iterator[Callable[[int, int], None]]:
        """A callback for the block; `what` names the work for people. Who waits for the run is told as well."""
        file = ProgressFile(context.instance.root_directory, context.run.run_id)
        with progress_bar(what) if self.is_bar else nullcontext(partial(_log, context, what)) as show:

            def report(done: int, total: int) -> None:
                file.write(Progress(what, done, total))
                show(done, total)

            yield report


def _log(context: dg.AssetExecutionContext, what: str, done: int, total: int) -> None:
    if done and (done == total or done % max(1, total // 10) == 0):
        context.log.info(f"{what}: {done} of {total}")
