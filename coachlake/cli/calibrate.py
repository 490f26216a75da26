"""`coachlake calibrate`: do scores agree with people, what limits it, and what to review next."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from math import isnan
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coachlake.calibration.agreement import Interval
from coachlake.calibration.calibrate import CriterionCalibration
from coachlake.calibration.choose import instructive_disagreements, next_calls
from coachlake.calibration.references import REFERENCES
from coachlake.calibration.reviews import Reviewed, reviewed_scores
from coachlake.rubrics.in_force import rubrics_in_force
from coachlake.settings import load_settings

# Nine figures with their intervals take this much; a narrower terminal wraps lines, nothing is cut off.
_TABLE_WIDTH = 170


def calibrate(
    next_: Annotated[int, typer.Option("--next", help="Also name this many calls to review next.")] = 0,
    disagreements: Annotated[int, typer.Option(help="Disagreements to list.")] = 10,
    apply: Annotated[bool, typer.Option("--apply", help="Give levels by the cut-points kept, from now on.")] = False,
    as_json: Annotated[Path | None, typer.Option("--json", help="Also write everything here.")] = None,
) -> None:
    """Agreement of scores with reviews per criterion, against what two people reach."""
    from coachlake.calibration.calibrate import calibrate as run

    settings = load_settings()
    console = Console(soft_wrap=True)
    rubrics, _ = rubrics_in_force(settings)
    found = run(settings, rubrics, is_applied=apply)
    if not found:
        console.print("No reviews yet: put `reviews.csv` into the landing zone, or review in the app.")
        raise typer.Exit(1)
    apart = instructive_disagreements(reviewed_scores(settings))
    chosen = next_calls(settings, found, rubrics, next_)
    wide = Console(soft_wrap=True, width=max(console.width, _TABLE_WIDTH))
    wide.print(_table(found), soft_wrap=False)
    for item in found:
        console.print(f"[bold]{item.rubric_id} {item.criterion_id}[/bold]: {escape(item.says)}", highlight=False)
    _print_disagreements(console, apart[:disagreements], len(apart))
    if chosen:
        console.print("\n[bold]To review next[/bold], most informative first; it tells most about:")
    for call in chosen:
        console.print(escape(f"  {call.call_id}  {call.why}"), highlight=False)
    console.print("\n[bold]Published elsewhere[/bold]")
    for what, figure in REFERENCES:
        console.print(f"  {figure:<10}{what}", highlight=False)
    if as_json:
        content = {
            "criteria": [_plain(asdict(item)) for item in found],
            "disagreements": [asdict(item) for item in apart],
            "next": [asdict(call) for call in chosen],
            "references": dict(REFERENCES),
        }
        as_json.write_text(json.dumps(content, indent=2), encoding="utf-8")


def _table(found: Sequence[CriterionCalibration]) -> Table:
    table = Table(title="Scores against reviews (95 % intervals)")
    names = ("criterion", "calls", "weighted kappa", "two people", "exact", "within one", "bias", "cut-points")
    for name in (*names, "unseen kappa"):
        table.add_column(name, no_wrap=True)
    rubric_id = ""
    for item in found:
        if item.rubric_id != rubric_id:
            rubric_id = item.rubric_id
            table.add_row(f"[bold]{rubric_id}[/bold]")
        table.add_row(*_cells(item))
    return table


def _cells(item: CriterionCalibration) -> list[str]:
    gain = item.gain
    people = _figure(item.people.weighted_kappa) if item.people else "–"
    unseen = "–" if isnan(gain.kappa_after) else f"{gain.kappa_before:.2f} → {gain.kappa_after:.2f}"
    kept = " kept" if gain.is_kept else ""
    return [
        item.criterion_id,
        str(item.machine.n),
        _figure(item.machine.weighted_kappa),
        people + ("*" if item.is_ceiling_of_all_lines and item.people else ""),
        _figure(item.machine.exact),
        _figure(item.machine.within_one),
        _figure(item.machine.bias),
        f"{item.cut_points.average_from:.0f}/{item.cut_points.good_from:.0f}{kept}",
        unseen,
    ]


def _figure(interval: Interval) -> str:
    if isnan(interval.value):
        return "–"
    return f"{interval.value:.2f} ({interval.low:.2f}–{interval.high:.2f})"


def _print_disagreements(console: Console, shown: Sequence[Reviewed], total: int) -> None:
    console.print(f"\n[bold]Disagreements[/bold], most instructive first ({len(shown)} of {total})")
    for review in shown:
        at = f" at {review.start_s:.0f} s" if review.start_s is not None else ""
        kind = "dispute" if review.is_dispute else "review"
        console.print(
            f"  {escape(review.call_id)}{at}, {review.criterion_id}: {escape(review.reviewer_id)} says {review.level}, "
            f"machine {review.machine_level} ({kind})",
            highlight=False,
        )
        if review.cue_quote:
            console.print(f"    customer: “{escape(review.cue_quote)}”", highlight=False)
        if review.quote:
            console.print(f"    rep: “{escape(review.quote)}”", highlight=False)
        if review.note:
            console.print(f"    note: {escape(review.note)}", highlight=False)


def _plain(value: Any) -> Any:
    """Without NaN, which JSON has no word for."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return None if isinstance(value, float) and isnan(value) else value
