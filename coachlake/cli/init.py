"""`coachlake init`: call facts for a folder of recordings or transcripts that has none."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape


def init(
    folder: Annotated[Path, typer.Argument(help="A folder of recordings or transcripts.")],
) -> None:
    """Write calls.csv for a folder from the names, times and tags of its files; what they do not tell stays empty."""
    from coachlake.landing.init_folder import FolderHasFactsError, init_folder

    console = Console()
    if not folder.is_dir():
        console.print(f"[red]{escape(str(folder))} is no folder[/red]")
        raise typer.Exit(2)
    try:
        written = init_folder(folder)
    except FolderHasFactsError as error:
        console.print(f"[red]{escape(str(error))}[/red]", highlight=False)
        raise typer.Exit(2) from None
    console.print(f"{escape(str(written.path))}: {written.calls} calls.", highlight=False, soft_wrap=True)
    for line in written.told:
        console.print(f"  {escape(line)}", highlight=False, soft_wrap=True)
    console.print(f"Fill in what you know, then: [bold]coachlake run {escape(str(folder))}[/bold]", soft_wrap=True)
