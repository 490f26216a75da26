"""How long the customer takes to answer in writing, from the rep's Enter to the reply's text.

    python -m benchmarks.practice_latency --sessions 5

Plays every shipped scenario with the excellent scripted rep (tests/practice/reps) and times `Session.say`, with the
models loaded, as in the app after its start. Writes `benchmarks/results/practice_latency.json`.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from practice.scenarios import SHIPPED, load_scenario
from practice.session import Session
from ray_jobs.signals import load_signal_kit

TARGET_MS = 300


def timed(sessions: int) -> list[float]:
    """Milliseconds of each reply of `sessions` sessions a scenario."""
    from tests.practice.reps import rep

    kit, took = load_signal_kit(), list[float]()
    for path in sorted(SHIPPED.glob("*.yaml")):
        scenario = load_scenario(path)
        for seed in range(sessions):
            session, who = Session(scenario, seed, kit, "bench"), rep("excellent", scenario.id, seed)
            while not session.is_over:
                said = who(session)
                kit.encoder.forget_all()  # no sentence known from before: a rep's words are new each time
                started = time.perf_counter()
                session.say(said)
                took.append(1000 * (time.perf_counter() - started))
    return took


def main() -> None:
    from rich.console import Console

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sessions", type=int, default=5)
    took = timed(parser.parse_args().sessions)
    figures = {
        "replies": len(took),
        "median_ms": round(float(np.median(took)), 1),
        "p95_ms": round(float(np.percentile(took, 95)), 1),
        "max_ms": round(max(took), 1),
        "share_within_target": round(float(np.mean(np.array(took) <= TARGET_MS)), 4),
        "target_ms": TARGET_MS,
    }
    Console().print(figures)
    target = Path("benchmarks/results/practice_latency.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
