"""`coachlake gauntlet`: deliveries as they really look, and what becomes of each."""

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from evaluation.gauntlet.run import Result


def gauntlet(
    cases: Annotated[Path | None, typer.Option(help="Run the case folders of this folder instead of its own.")] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="Part of a case's name; may be repeated.")] = None,
    plain: Annotated[Path | None, typer.Option(help="Instead: plain calls, from labelled sets under a folder.")] = None,
    as_json: Annotated[Path | None, typer.Option("--json", help="Also write every verdict here.")] = None,
) -> None:
    """Run hard deliveries by kind: who is right, asked, refused with the right reason, or silently wrong (exit 1)."""
    console = Console() if Console().is_terminal else Console(width=180)
    if plain:
        _plain(console, plain, as_json)
        return
    from evaluation.gauntlet.outcome import VERDICTS

    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="coachlake-gauntlet-")))
        results = _run(console, home, cases, only or [])
    counts = Counter(result.verdict for result in results)
    console.print(_table(results))
    for result in results:
        if result.verdict not in ("right", "asked", "refused"):
            said = f"{result.case} {result.call_id}: {result.verdict}, {result.status}: {result.why}"
            console.print(escape(said), highlight=False)
    unjudged = f", {counts['unjudged']} unjudged" if counts["unjudged"] else ""
    totals = ", ".join(f"{counts[name]} {name}" for name in VERDICTS) + unjudged
    console.print(f"{len(results)} calls: {totals}", highlight=False)
    _write(as_json, [asdict(result) for result in results])
    if counts["silently wrong"]:
        raise typer.Exit(1)


def _run(console: Console, home: Path, folder: Path | None, only: Sequence[str]) -> "list[Result]":
    from evaluation.gauntlet.build import build, cases
    from evaluation.gauntlet.pipeline import Pipeline
    from evaluation.gauntlet.run import case_folders, run_case

    kinds: dict[str, str] = {}
    if folder is None:
        chosen = [case for case in cases() if not only or any(part in case.name for part in only)]
        kinds = {case.name: case.kind for case in chosen}
        folder = home / "deliveries"
        folder.mkdir()
        with console.status("writing the cases"):
            if left_out := build(chosen, folder):
                console.print(
                    f"{left_out} cases left out: the offline voice is not installed (coachlake[demonstration])"
                )
    pipeline = Pipeline(home / "home")
    results: list[Result] = []
    with console.status("running") as status:
        for case in case_folders(folder):
            if only and not any(part in case.name for part in only):
                continue
            status.update(case.name)
            results += run_case(case, pipeline, kinds.get(case.name, str(folder)))
    return results


def _table(results: "Sequence[Result]") -> Table:
    from evaluation.gauntlet.outcome import VERDICTS

    table = Table(title="What becomes of hard deliveries", show_footer=True)
    names = [*VERDICTS, *(["unjudged"] if any(result.verdict == "unjudged" for result in results) else [])]
    table.add_column("kind", footer="all")
    table.add_column("calls", justify="right", footer=str(len(results)))
    for name in names:
        table.add_column(name, justify="right", footer=str(sum(result.verdict == name for result in results)))
    for kind in dict.fromkeys(result.kind for result in results):
        found = Counter(result.verdict for result in results if result.kind == kind)
        table.add_row(kind, str(found.total()), *(str(found[name]) for name in names))  # type: ignore[index]
    return table


def _plain(console: Console, folder: Path, as_json: Path | None) -> None:
    from evaluation.gauntlet.plain import plain_calls

    table = Table(title="Plain calls: rates asked, refused, scored by the wrong person")
    for name in ("set", "what is known", "calls", "asked", "refused", "wrong", "reasons"):
        table.add_column(name)
    rows = []
    with console.status("measuring"):
        for rate in plain_calls(folder):
            rows.append(asdict(rate))
            console.print(f"  {rate.data}, {rate.known}: {rate.calls} calls", highlight=False)
            shares = (f"{count / rate.calls:.1%}" for count in (rate.asked, rate.refused, rate.wrong))
            reasons = ", ".join(f"{code} {count}" for code, count in rate.reasons.items())
            table.add_row(rate.data, rate.known, str(rate.calls), *shares, reasons)
    console.print(table)
    _write(as_json, rows)


def _write(file: Path | None, rows: list[dict[str, object]]) -> None:
    if file:
        file.write_text(json.dumps(rows, indent=2, ensure_ascii=False), encoding="utf-8")
