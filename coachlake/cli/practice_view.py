"""What an attempt came to, and who practised, as people read it in a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coachlake.practice.assignments import assignments, attempts
from coachlake.practice.feedback import Feedback
from coachlake.practice.scoring import Result
from coachlake.practice.session import Session
from coachlake.settings import Settings

_COLOURS = {"good": "green", "average": "yellow", "poor": "red"}
_ENDINGS = {
    "resolved": "The customer's problem was settled.",
    "unresolved": "The call ended without a solution.",
    "customer_hung_up": "The customer hung up.",
    "rep_left": "You left the call.",
}


def show_result(console: Console, session: Session, result: Result) -> None:
    """Score, pass or not, each key moment and what moved the customer."""
    scenario = session.scenario
    console.rule()
    focus = "not called for" if result.focus_score is None else f"{result.focus_score:.0f}"
    verdict = "[bold green]passed[/]" if result.is_passed else "[bold yellow]not passed yet[/]"
    console.print(f"{_ENDINGS[session.ended_by or 'rep_left']} {verdict}: {scenario.focus} {focus}, "
                  f"pass from {scenario.pass_threshold:.0f}.", highlight=False)  # fmt: skip
    for moment in result.feedback:
        _moment(console, moment)
    table = Table("turn", "what you did", "customer", title="What moved the customer", title_justify="left")
    for turn, why, change in result.moved:
        table.add_row(str(turn), escape(why), f"[{'green' if change >= 0 else 'red'}]{change:+.2f}[/]")
    console.print(table)


def show_status(console: Console, settings: Settings, rep_id: str | None) -> None:
    """Assignments with their status, then the trajectory of each rep in each scenario."""
    due = Table("rep", "scenario", "for", "due", "status", "attempts", "best", title="Assignments")
    for row in assignments(settings, rep_id):
        due.add_row(escape(row["rep_id"]), row["scenario_id"], row["criterion_id"], str(row["due_on"]), row["status"],
                    str(row["attempt_count"]), _points(row["best_focus_score"]))  # fmt: skip
    console.print(due)
    done = Table("rep", "scenario", "no.", "focus", "score", "pass from", "cleared", "when", title="Attempts")
    for row in attempts(settings, rep_id):
        done.add_row(escape(row["rep_id"]), row["scenario_id"], str(row["attempt_number"]), row["focus_criterion_id"],
                     _points(row["focus_score"]), _points(row["pass_threshold"]), "yes" if row["is_cleared"] else "",
                     f"{row['started_at']:%Y-%m-%d %H:%M}")  # fmt: skip
    console.print(done)


def _moment(console: Console, moment: Feedback) -> None:
    colour = _COLOURS[moment.level]
    console.print(f"\n[bold]{escape(moment.criterion_name)}[/] [{colour}]{moment.level}[/]", highlight=False)
    if moment.cue:
        console.print(f"  customer: “{escape(moment.cue)}”", highlight=False)
    console.print(f"  you:      “{escape(moment.quote)}”\n  [dim]{escape(moment.anchor)}[/]", highlight=False)
    if moment.good_answer:
        console.print(f"  a good one here: [green]“{escape(moment.good_answer)}”[/]", highlight=False)


def _points(score: float | None) -> str:
    return "–" if score is None else f"{score:.0f}"
