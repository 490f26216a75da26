"""What a run spent on its calls, as Dagster shows it: seconds by stage, and what 1,000 calls cost."""

from collections.abc import Iterable, Sequence
from typing import Any

import dagster as dg

from coachlake.settings import Prices
from coachlake.timings import STAGES, Timing
from ray_jobs.night import NightResult


def spent_metadata(results: Sequence[NightResult], prices: Prices) -> dict[str, Any]:
    """Of the stages that the run's calls went through: a table of their seconds, the sums, and the cost per 1,000
    calls that were processed where the prices were stated. Nothing where no call went through any."""
    timings = [timing for result in results for timing in result.timings]
    if not timings:
        return {}
    cpu_s, gpu_s = sum(t.cpu_s or 0.0 for t in timings), sum(t.gpu_s or 0.0 for t in timings)
    cost = prices.per_1000_calls(sum(result.processed for result in results), cpu_s, gpu_s)
    told: dict[str, Any] = {
        "stages": dg.MetadataValue.table(_records(timings)),
        "cpu_seconds": round(cpu_s, 1),
        "gpu_seconds": round(gpu_s, 1) if any(t.gpu_s is not None for t in timings) else None,
        "cost_per_1000_calls": None if cost is None else f"{cost:.2f} {prices.currency}".strip(),
    }
    return {name: value for name, value in told.items() if value is not None}


def _records(timings: Iterable[Timing]) -> list[dg.TableRecord]:
    of_stage = {stage: [timing for timing in timings if timing.stage == stage] for stage in STAGES}
    return [
        dg.TableRecord(
            {
                "stage": stage,
                "calls": len(found),
                "wall_s": round(sum(timing.wall_s for timing in found), 2),
                "cpu_s": round(sum(timing.cpu_s or 0.0 for timing in found), 2),
            }
        )
        for stage, found in of_stage.items()
        if found
    ]
