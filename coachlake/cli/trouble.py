"""What went wrong, in a sentence a person can act on; the stack trace goes to a file."""

import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from coachlake.lake.connection import LakeUnreadableError
from coachlake.models.weights import WeightsError
from coachlake.settings import load_settings

# Words of the system, SQLite and DuckDB → what they mean here.
_MEANINGS = (
    (("no space left", "disk is full", "file too large", "disk full"), "there is no space left to write. Free some and "
     "run again: what was finished is kept"),
    (("database is locked",), "another program holds the lake's catalog. Run again when it has let go"),
    (("malformed", "not a database"), "a database file is damaged. Next: coachlake lake verify; a backup comes back "
     "with coachlake lake restore DIR"),
    (("no such file", "cannot open file"), "a file is gone. Next: coachlake lake verify"),
)  # fmt: skip


def tell(error: Exception) -> None:
    """Say on standard error what stopped a command."""
    console = Console(stderr=True, soft_wrap=True)
    if isinstance(error, LakeUnreadableError | WeightsError):
        console.print(f"[red]{escape(str(error))}[/red]", highlight=False)
        return
    log = load_settings().home / "logs" / "errors.log"
    with suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            traceback.print_exception(error, file=file)
    words = meaning(f"{type(error).__name__}: {error}")
    console.print(f"[red]stopped:[/red] {escape(words)} (more in {escape(str(log))})", highlight=False)


def in_words(error: Any) -> str:
    """Dagster's error of a step: the innermost cause in our words, or its own first line."""
    while error is not None and error.cause is not None:
        error = error.cause
    return meaning(str(error.message).strip()) if error is not None else ""


def keep(log: Path, error: Any) -> None:
    """Put the whole of a step's error, with its stack trace, into the run's log."""
    if error is not None:
        with suppress(OSError), log.open("a", encoding="utf-8") as file:
            file.write(error.to_string() + "\n")


def meaning(message: str) -> str:
    """The message in our words, where it is one of those that everybody meets; else itself, on one line."""
    # dbt's own words, behind the command line that was run.
    said = " ".join((message.partition("Errors parsed from the logs:")[2] or message).split())
    for signs, words in _MEANINGS:
        if any(sign in said.lower() for sign in signs):
            return f"{words} ({said[:200]})"
    return said[:400]
