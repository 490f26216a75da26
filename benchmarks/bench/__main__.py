"""`make bench`, or `python -m benchmarks.bench`: a night against the recogniser alone, what teams write, and itself.

Every comparison is made in one sitting on the same audio, repetition by repetition; what is shown are medians, with the
least and the most. A table is printed and `--json` gets the same lines; a folder of two-channel recordings (`--calls`)
takes the place of the demonstration's. Core seconds say more than the clock on a machine that does other things.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.bench import rows
from benchmarks.bench.calls import recordings
from benchmarks.bench.lines import Line, as_table, load, machine

_ROWS = ("two", "mono", "actors", "sizes", "fixed", "long")


def main() -> None:
    """Measure, print, write; what has been measured is in the file as soon as it is."""
    options = _options()
    told = {"options": vars(options) | {"calls": bool(options.calls)}, "machine": machine()}
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="coachlake-bench-") as folder:
        for line in _lines(options, rows.Bench(Path(folder), options.profile, options.repetitions)):
            lines.append(line)
            print(as_table([line]).splitlines()[-1], flush=True)
            _write(options.json, told | {"load after": load(), "lines": [asdict(line) for line in lines]})
    print(f"\n{as_table(lines)}\n\n{json.dumps(told | {'load after': load()}, default=str)}")


def _write(path: Path, found: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2, default=str, ensure_ascii=False), encoding="utf-8")


def _lines(options: argparse.Namespace, bench: rows.Bench) -> Iterator[Line]:
    needs_audio = {"two", "mono", "actors", "long"} & set(options.only)
    calls = recordings(options.calls, bench.work, options.recordings) if needs_audio else {}
    if "two" in options.only:
        yield from rows.against_others(bench, "two channels", calls["two channels"])
    if "mono" in options.only:
        yield from rows.against_others(bench, "mono", calls["mono"])
    if "actors" in options.only:
        yield from rows.actors(bench, calls["two channels"])
    if "sizes" in options.only:
        yield from rows.sizes(bench, options.sizes)
    if "fixed" in options.only:
        yield from rows.fixed_price(bench)
    if "long" in options.only:
        yield from rows.long(bench, calls["two channels"], options.hours)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=Path, help="a folder of two-channel recordings; none: the demonstration's")
    parser.add_argument("--recordings", type=int, default=8, help="how many of them at most")
    parser.add_argument("--profile", default="embedded")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[10, 100], help="calls of the nights; add 1000 for hours"
    )
    parser.add_argument("--hours", type=float, default=0.5, help="of the long call")
    parser.add_argument("--only", nargs="+", choices=_ROWS, default=list(_ROWS))
    parser.add_argument("--json", type=Path, default=Path("var/bench/bench.json"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
