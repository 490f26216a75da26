"""`coachlake forget`: everything of a call, a rep or a customer goes, with a receipt."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from coachlake.erasure.subject import Kind
from coachlake.settings import load_settings


def forget(
    call: Annotated[str | None, typer.Option(help="A call_id.")] = None,
    rep: Annotated[str | None, typer.Option(help="A rep_id: all of that rep's calls and practice.")] = None,
    customer: Annotated[
        str | None, typer.Option(help="A name or label in a transcript, or a customer_id of the call facts.")
    ] = None,
) -> None:
    """Erase what is kept of somebody and check that nothing is left; without an option finish what was cut off.

    Exit 1 where the check still finds something, 2 where more than one is named.
    """
    from coachlake.erasure.forget import finish_open
    from coachlake.erasure.forget import forget as erase

    asked: list[tuple[Kind, str | None]] = [("call", call), ("rep", rep), ("customer", customer)]
    named = [(kind, given) for kind, given in asked if given is not None]
    console = Console()
    if len(named) > 1:
        console.print("[red]name one of --call, --rep and --customer[/red]")
        raise typer.Exit(2)
    settings = load_settings()
    receipts = [erase(settings, kind, given) for kind, given in named] or finish_open(settings)
    for receipt in receipts:
        for place, count in {**receipt.rows, **receipt.files}.items():
            console.print(f"  {escape(place)}: {count}", highlight=False)
        console.print(f"{receipt.calls} calls erased; averages follow with the next run.", highlight=False)
        for path in receipt.left_in:
            console.print(f"[red]still in {escape(path)}[/red]", highlight=False)
    if not receipts:
        console.print("Nothing was cut off.")
    if not all(receipt.is_complete for receipt in receipts):
        raise typer.Exit(1)
