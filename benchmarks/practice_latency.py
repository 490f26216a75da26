"""How long the customer takes to answer in writing, from the rep's Enter to the reply's text.

    python -m benchmarks.practice_latency --sessions 5 --spoken 8

Plays every shipped scenario with the excellent scripted rep (tests/practice/reps) and times `Session.say`, with the
models loaded and no sentence known from before the session, as in the app after its start. CPU time is given beside
wall time, with the machine's load: on a busy machine only the first says what a reply costs. `--spoken`: as many
turns said aloud by the voice of the install and transcribed, from the end of the recording to the
customer's spoken reply; the first one cold (everything still to load), the others warm. Writes
`benchmarks/results/practice_latency.json`.
"""

import argparse
import json
import os
import time
from pathlib import Path

import numpy as np

from coachlake.practice.scenarios.load import SHIPPED, load_scenario
from coachlake.practice.session import Session
from coachlake.signals.kit import load_signal_kit

TARGET_MS = 300


def timed(sessions: int) -> tuple[list[float], list[float]]:
    """Milliseconds of wall time and of CPU time of each reply of `sessions` sessions a scenario."""
    from tests.practice.reps import rep

    kit, wall, cpu = load_signal_kit(), list[float](), list[float]()
    for path in sorted(SHIPPED.glob("*.yaml")):
        scenario = load_scenario(path)
        for seed in range(sessions):
            kit.encoder.forget_all()
            session, who = Session(scenario, seed, kit, "bench"), rep("excellent", scenario.id, seed)
            while not session.is_over:
                said = who(session)
                started, worked = time.perf_counter(), time.process_time()
                session.say(said)
                wall.append(1000 * (time.perf_counter() - started))
                cpu.append(1000 * (time.process_time() - worked))
    return wall, cpu


def timed_aloud(turns: int) -> dict[str, float]:
    """Seconds of a spoken turn, cold and warm, and how long the recordings were; none where no voice is installed."""
    from coachlake.practice.voice import duration_s, spoken, transcribed
    from coachlake.speech.transcriber import Transcriber
    from tests.practice.reps import rep

    scenario = load_scenario(SHIPPED / "silent_customer.yaml")
    session, who = Session(scenario, 0, load_signal_kit(), "bench", mode="voice"), rep("excellent", scenario.id, 0)
    session.say(who(session))
    transcriber, wall, cpu, lengths = Transcriber(), list[float](), list[float](), list[float]()
    for _ in range(turns):
        if session.is_over:
            session, who = (
                Session(scenario, len(wall), session.kit, "bench", mode="voice"),
                rep("excellent", scenario.id, len(wall)),
            )
        recording = spoken(who(session))
        if recording is None:
            return {}
        started, worked = time.perf_counter(), time.process_time()
        spoken(session.say(transcribed(transcriber, recording)).text)
        wall.append(time.perf_counter() - started)
        cpu.append(time.process_time() - worked)
        lengths.append(duration_s(recording))
    return {
        "spoken_replies": len(wall),
        "recording_median_s": round(float(np.median(lengths)), 1),
        "spoken_first_s": round(wall[0], 2),
        "spoken_first_cpu_s": round(cpu[0], 2),
        "spoken_median_s": round(float(np.median(wall[1:])), 2),
        "spoken_max_s": round(max(wall[1:]), 2),
        "spoken_median_cpu_s": round(float(np.median(cpu[1:])), 2),
    }


def main() -> None:
    from rich.console import Console

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sessions", type=int, default=5)
    parser.add_argument("--spoken", type=int, default=0)
    chosen = parser.parse_args()
    wall, cpu = timed(chosen.sessions)
    figures = {
        "replies": len(wall),
        "median_ms": round(float(np.median(wall)), 1),
        "p95_ms": round(float(np.percentile(wall, 95)), 1),
        "max_ms": round(max(wall), 1),
        "share_within_target": round(float(np.mean(np.array(wall) <= TARGET_MS)), 4),
        "median_cpu_ms": round(float(np.median(cpu)), 1),
        "p95_cpu_ms": round(float(np.percentile(cpu, 95)), 1),
        "target_ms": TARGET_MS,
        "load_per_core": round(os.getloadavg()[0] / (os.cpu_count() or 1), 1),
    }
    figures |= timed_aloud(chosen.spoken) if chosen.spoken > 1 else {}
    Console().print(figures)
    target = Path("benchmarks/results/practice_latency.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
