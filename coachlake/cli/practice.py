"""`coachlake practice`: play a scenario in the terminal, and assign, make and check scenarios."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.prompt import Prompt
from rich.table import Table

from coachlake.settings import load_settings

app = typer.Typer(help="Practise against a simulated customer; scored by the same rubric as any call.")
_Due = Annotated[datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], help="Last day; a week from today.")]
_LEAVE = ("/quit", "/end", "/q")


@app.callback(invoke_without_command=True)
def practice(context: typer.Context) -> None:
    """Without a command: choose a scenario and play it."""
    if context.invoked_subcommand is None:
        play()


@app.command("play")
def play(
    scenario: Annotated[str | None, typer.Argument(help="A scenario id; none: choose from the list.")] = None,
    rep: Annotated[str, typer.Option(help="Who practises: a rep_id.")] = "me",
    seed: Annotated[int | None, typer.Option(help="The same seed is the same customer; none: a new one.")] = None,
    assignment: Annotated[str | None, typer.Option(help="The assignment this attempt is for.")] = None,
) -> None:
    """Play a scenario: type what you would say; /end leaves."""
    from coachlake.cli.practice_view import show_result
    from coachlake.practice.attempts import Trainee
    from coachlake.practice.studio import Studio

    console, studio = Console(), Studio(load_settings())
    found = studio.scenarios.scenarios
    name = scenario or _choose(console, studio)
    if name not in found:
        console.print(f"[red]no scenario {escape(repr(name))}[/red]: there are {', '.join(found)}", highlight=False)
        raise typer.Exit(2)
    session = studio.start(found[name], seed)
    console.print(Panel(escape(found[name].situation), title=escape(found[name].name), subtitle="/end to leave"))
    console.print(f"[bold cyan]customer[/] {escape(session.lines[0].text)}", highlight=False)
    while not session.is_over:
        said = _listen(console)
        if said is None:
            break
        console.print(f"[bold cyan]customer[/] {escape(session.say(said).text)}", highlight=False)
    result = studio.finish(session, Trainee(rep), assignment)
    show_result(console, session, result)


@app.command("list")
def list_scenarios() -> None:
    """The scenarios in force, and what is wrong with files that are not."""
    from coachlake.practice.studio import Studio

    studio, console = Studio(load_settings()), Console()
    table = Table("scenario", "name", "rubric", "practises", "pass from")
    for one in studio.scenarios.scenarios.values():
        table.add_row(one.id, escape(one.name), one.rubric_id, one.focus, f"{one.pass_threshold:.0f}")
    console.print(table)
    for problem in studio.scenarios.problems:
        console.print(f"[red]{escape(str(problem))}[/red]", highlight=False)


@app.command("check")
def check(files: Annotated[list[Path], typer.Argument(help="Scenario files.", exists=True)]) -> None:
    """Tell what is unclear in scenario files, by file and line."""
    from coachlake.practice.scenarios.load import ScenarioError, load_scenario
    from coachlake.practice.studio import Studio

    rubrics, console, is_fine = Studio(load_settings()).rubrics, Console(), True
    for file in files:
        try:
            console.print(escape(f"{file.name}: {load_scenario(file, rubrics).name}, fine"), highlight=False)
        except ScenarioError as error:
            is_fine = False
            console.print(f"[red]{escape(str(error))}[/red]", highlight=False)
    raise typer.Exit(0 if is_fine else 1)


@app.command("from")
def from_moment(evidence: Annotated[str, typer.Argument(help="An evidence_id of a live call.")]) -> None:
    """Make a scenario of a live moment: its facts kept, names and identifiers replaced."""
    from coachlake.practice.moments.from_evidence import MomentError, scenario_of_evidence
    from coachlake.practice.studio import Studio

    studio, console = Studio(load_settings()), Console()
    try:
        scenario = scenario_of_evidence(studio, evidence)
    except MomentError as error:
        console.print(f"[red]{escape(str(error))}[/red]", highlight=False)
        raise typer.Exit(2) from error
    console.print(f"{scenario.id}: {escape(scenario.name)}. Play it with: coachlake practice play {scenario.id}")


@app.command("assign")
def assign(
    rep: Annotated[str, typer.Argument(help="A rep_id.")],
    scenario: Annotated[str, typer.Argument(help="A scenario id.")],
    due: _Due = None,
    by: Annotated[str, typer.Option(help="Who assigns it.")] = "coach",
) -> None:
    """Assign a scenario to a rep."""
    from coachlake.practice.assignments import assign as assign_one
    from coachlake.practice.studio import Studio

    studio = Studio(load_settings())
    if scenario not in studio.scenarios.scenarios:
        Console().print(f"[red]no scenario {scenario!r}[/red]: `coachlake practice list`", highlight=False)
        raise typer.Exit(2)
    made = assign_one(studio.settings, rep, studio.scenarios.scenarios[scenario], _day(due), by)
    Console().print(f"{made.assignment_id}: {rep} practises {scenario} until {made.due_on}", highlight=False)


@app.command("assign-priorities")
def assign_priorities(
    due: _Due = None,
    by: Annotated[str, typer.Option(help="Who assigns it.")] = "coachlake",
    rep: Annotated[list[str] | None, typer.Option(help="Only these reps.")] = None,
    per_rep: Annotated[int, typer.Option(min=1, help="At most so many a rep.")] = 1,
) -> None:
    """Assign each rep practice for their most urgent coaching priority."""
    from coachlake.practice.assignments import assign_from_priorities
    from coachlake.practice.studio import Studio

    studio = Studio(load_settings())
    made = assign_from_priorities(studio, _day(due), by, rep_ids=rep or (), per_rep=per_rep)
    for one in made:
        Console().print(f"{one.rep_id}: {one.scenario_id} for {one.criterion_id} until {one.due_on}", highlight=False)
    Console().print(f"{len(made)} new assignments")


@app.command("status")
def status(rep: Annotated[str | None, typer.Argument(help="One rep_id; none: everybody.")] = None) -> None:
    """Who practised what, who passed, and what is due."""
    from coachlake.cli.practice_view import show_status

    show_status(Console(), load_settings(), rep)


def _choose(console: Console, studio: object) -> str:
    list_scenarios()
    return Prompt.ask("scenario", console=console)


def _listen(console: Console) -> str | None:
    try:
        said = console.input("[bold green]you[/]      ")
    except (EOFError, KeyboardInterrupt):
        return None
    return None if said.strip().lower() in _LEAVE else said


def _day(due: datetime | None) -> date:
    return due.date() if due else datetime.now(UTC).date() + timedelta(days=7)
