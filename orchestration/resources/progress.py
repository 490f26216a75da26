"""How a long step tells how far it is: a bar on a terminal, a log line each tenth elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import dagster as dg
from pydantic import Field


class ProgressReporter(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Gives assets a `(done, total)` callback."""

    is_bar: bool = Field(default=False, description="Draw a bar on standard error instead of logging.")

    @contextmanager
    def reporting(self, context: dg.AssetExecutionContext, what: str) -> Iterator[Callable[[int, int], None]]:
        """A callback for the block; `what` names the work for people."""
        if self.is_bar:
            with _bar(what) as report:
                yield report
        else:
            yield lambda done, total: _log(context, what, done, total)


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _log(context: dg.AssetExecutionContext, what: str, done: int, total: int) -> None:
    if done == total or done % max(1, total // 10) == 0:
        context.log.info(f"{what}: {done} of {total}")
