"""`coachlake roles`: who is the rep in a call, and calls that wait for an answer to that."""

import getpass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coachlake.settings import Settings, load_settings


def roles(
    file: Annotated[
        Path | None, typer.Argument(help="A recording or transcript, or a call_id; none: calls that wait.")
    ] = None,
    rep: Annotated[str | None, typer.Option(help="Who the rep is: the label of a participant.")] = None,
) -> None:
    """Tell who speaks in a call and who the rep is; with --rep, say it. It counts from the call's next run on."""
    settings, console = load_settings(), Console()
    if file is None:
        _waiting(settings, console)
        return
    call_id, people = _people(settings, file)
    if not people:
        console.print(f"[red]no call {escape(str(file))} in the lake[/red]: give its file or its call_id")
        raise typer.Exit(2)
    if rep is None:
        _show(console, call_id, people)
        return
    _answer(settings, console, call_id, [row[0] for row in people], rep)


def _answer(settings: Settings, console: Console, call_id: str, labels: list[str], rep: str) -> None:
    from coachlake.lake.role_answers import answer_who_is_rep

    try:
        answer_who_is_rep(settings, call_id=call_id, label=rep, labels=labels, answered_by=getpass.getuser())
    except ValueError as error:
        console.print(f"[red]{escape(str(error))}[/red]")
        raise typer.Exit(2) from None
    console.print(f"{escape(rep)} is the rep of {escape(call_id)}; the next run of its night scores it so.")


def _people(settings: Settings, file: Path) -> tuple[str, list[Any]]:
    """call_id and participants of the call that a file (by its bytes) or a call_id names."""
    from coachlake.files import sha256_of
    from coachlake.lake.connection import lake

    sha256 = sha256_of(file) if file.is_file() else ""
    with lake(settings, read_only=True) as connection:
        found = connection.execute(
            "SELECT call_id FROM lake.raw.calls WHERE call_id = ? OR audio_sha256 = ? ORDER BY status = 'asked' DESC",
            [str(file), sha256],
        ).fetchone()
        call_id = found[0] if found else str(file)
        people = connection.execute(
            "SELECT label, role, word_count, first_start_s, first_words FROM lake.raw.participants "
            "WHERE call_id = ? AND role IS DISTINCT FROM 'system' ORDER BY first_start_s, label",
            [call_id],
        ).fetchall()
    return call_id, people


def _show(console: Console, call_id: str, people: list[Any]) -> None:
    table = Table("who", "role", "words", "from", "first words", title=escape(call_id))
    for label, role, words, start, said in people:
        table.add_row(escape(label), role or "?", str(words), f"{start:.0f} s", escape(said))
    console.print(table)


def _waiting(settings: Settings, console: Console) -> None:
    from coachlake.lake.connection import lake

    with lake(settings, read_only=True) as connection:
        found = connection.execute(
            "SELECT call_id, reason FROM lake.raw.calls WHERE status = 'asked' ORDER BY started_at DESC, call_id"
        ).fetchall()
    if not found:
        console.print("No call waits for an answer.")
    for call_id, reason in found:
        console.print(f"[yellow]{escape(call_id)}[/yellow]: {escape(reason)}", highlight=False)
