"""`coachlake lake`: are the lake's bytes what was written, and copies of it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from coachlake.lake.backup import BackupError, backup_settings, copy_lake, settings_of_backup
from coachlake.lake.connection import ALIAS, lake
from coachlake.lake.files import Verified, verify_files
from coachlake.lake.repair import NeedsBackupError, Repair
from coachlake.lake.repair import repair as repair_files
from coachlake.progress_bar import progress_bar
from coachlake.settings import Settings, load_settings

app = typer.Typer(no_args_is_help=True, help="The lake's files: verify, repair, back up, restore, tidy.")


@app.command("verify")
def verify() -> None:
    """Read every file of the lake and compare it with its hash. Exit 1 where one is damaged."""
    settings, console = load_settings(), Console(soft_wrap=True)
    found = _verified(settings)
    _print(console, found)
    if found.damaged:
        console.print("Next: [bold]coachlake lake repair[/bold]")
        raise typer.Exit(1)


@app.command("repair")
def repair(
    backup: Annotated[Path | None, typer.Option("--from", help="A backup, for what people entered.")] = None,
    accept_loss: Annotated[bool, typer.Option("--accept-loss", help="Without a backup: let entered rows go.")] = False,
) -> None:
    """Take damaged files out, land their calls again from finished work or the landing zone, and build every mart."""
    settings, console = load_settings(), Console(soft_wrap=True)
    found = _verified(settings)
    _print(console, found)
    if not found.damaged:
        return
    try:
        done = repair_files(
            settings, found.damaged, _of_backup(settings, backup) if backup else None, accept_loss=accept_loss
        )
    except NeedsBackupError as error:
        console.print(f"[red]{escape(str(error))}[/red]", highlight=False)
        raise typer.Exit(2) from error
    for table, rows in done.from_backup.items():
        console.print(f"  {rows} rows of {table} put back from the backup", highlight=False)
    if not _run_again(settings, done):
        raise typer.Exit(1)
    console.print(f"{done.files} files replaced; every mart was built anew", highlight=False)


@app.command("backup")
def backup(folder: Annotated[Path, typer.Argument(help="An empty folder, or one that is not there yet.")]) -> None:
    """Copy what was landed, entered and published into a lake of its own. The landing zone is not part of it."""
    settings = load_settings()
    _copy(settings, backup_settings(settings, folder), f"backed up to {folder}")


@app.command("restore")
def restore(folder: Annotated[Path, typer.Argument(help="A folder that `coachlake lake backup` wrote.")]) -> None:
    """Copy a backup into the lake these settings name, whatever its catalog and store; it must hold no call yet."""
    settings = load_settings()
    _copy(_of_backup(settings, folder), settings, f"restored from {folder}: the next run builds every mart")


@app.command("tidy")
def tidy(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which.")] = False,
) -> None:
    """Remove files under the lake's data path that no snapshot names: what killed runs left, older than a day."""
    with lake(load_settings()) as connection:
        found = connection.execute(
            f"CALL ducklake_delete_orphaned_files('{ALIAS}', dry_run => ?, older_than => now() - INTERVAL 1 DAY)",
            [dry_run],
        ).fetchall()
    console = Console(soft_wrap=True)
    for (path,) in found:
        console.print(f"  {path}", highlight=False, markup=False)
    console.print(f"{len(found)} files {'would be' if dry_run else 'were'} removed", highlight=False)


def _verified(settings: Settings) -> Verified:
    with progress_bar("reading the lake's files") as report:
        return verify_files(settings, progress=report)


def _print(console: Console, found: Verified) -> None:
    for damage in found.damaged:
        console.print(f"[red]{escape(str(damage))}[/red]", highlight=False)
    console.print(
        f"{found.files} files, {len(found.damaged)} damaged; {found.recorded} had no hash yet and have one now",
        highlight=False,
    )


def _run_again(settings: Settings, done: Repair) -> bool:
    """Run the landed nights that hold what was taken out; the last one where only marts did."""
    from coachlake.cli.run import run_nightly
    from coachlake.landing.night_folder import landed_nights

    landed = landed_nights(settings)
    chosen = landed if done.is_all else landed[-1:]
    if done.nights is not None:
        first, last = done.nights
        chosen = sorted({*chosen, *(night for night in landed if first <= night <= last)})
    return all(run_nightly(settings, night, night) for night in chosen)


def _of_backup(settings: Settings, folder: Path) -> Settings:
    try:
        return settings_of_backup(settings, folder)
    except BackupError as error:
        Console(soft_wrap=True).print(f"[red]{escape(str(error))}[/red]", highlight=False)
        raise typer.Exit(2) from error


def _copy(source: Settings, target: Settings, says: str) -> None:
    console = Console(soft_wrap=True)
    try:
        with progress_bar("copying tables") as report:
            copied = copy_lake(source, target, report)
    except (BackupError, FileNotFoundError) as error:
        console.print(f"[red]{escape(str(error))}[/red]", highlight=False)
        raise typer.Exit(2) from error
    console.print(f"{sum(copied.rows.values())} rows of {len(copied.rows)} tables {escape(says)}", highlight=False)
