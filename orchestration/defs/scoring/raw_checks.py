"""Checks on the landed night."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import dagster as dg

from coachlake.lake.connection import lake
from coachlake.lake.writer import refuse_calls
from coachlake.landing.night_folder import landed_nights, read_nights
from coachlake.settings import Settings
from data_quality import CheckResult, check_raw_nights, raw_expectations
from orchestration.check_results import check_results, record, specs
from orchestration.partitions import nights_of_run
from orchestration.resources.lakehouse import Lakehouse

_ASSET_OF = {
    "calls": ["raw", "calls"],
    "scores": ["raw", "scores"],
    "evidence": ["raw", "evidence"],
    "turns": ["raw", "turns"],
    "orphans": ["raw", "signals"],
}


# Where a check names more of a night's scored calls than this, they are not what is wrong: the night is held back.
_MOST_REFUSED = 0.5


@dg.multi_asset_check(specs=specs(raw_expectations(0), _ASSET_OF), pool="lake")
def raw_checks(
    context: dg.AssetCheckExecutionContext, lakehouse: dg.ResourceParam[Lakehouse]
) -> Iterator[dg.AssetCheckResult]:
    """The raw suite over the run's nights; what landed is counted at the landing zone, not in the lake.

    Calls that a failed check names are quarantined with its words and what was seen, and the night goes on without
    them; the check shows as a warning. A failure that names no call, or most of a night's, holds the night back.
    """
    settings = lakehouse.settings()
    nights = nights_of_run(context.run) or landed_nights(settings)
    landed = sum(len(batch.calls) for batch in read_nights(settings, nights))
    results = _checked(settings, nights, landed)
    reasons = refusals(results)
    if reasons and len(reasons) <= _MOST_REFUSED * _scored(settings, nights):
        refuse_calls(settings, reasons, nights)
        results = [
            replace(first, is_blocking=first.is_blocking and not now.is_success)
            for first, now in zip(results, _checked(settings, nights, landed), strict=True)
        ]
    record(settings, context.run.run_id, max(nights, default=None), results)
    yield from check_results(results, _ASSET_OF)


def refusals(results: Sequence[CheckResult]) -> dict[str, str]:
    """call_id → why the call is refused: the words of the failed blocking checks that name it, and what they saw."""
    found: dict[str, list[str]] = defaultdict(list)
    for result in results:
        if result.is_blocking and not result.is_success:
            for call_id, seen in result.calls.items():
                found[call_id].append(f"a check failed: {result.says} Seen: {seen}")
    return {call_id: " ".join(why) for call_id, why in found.items()}


def _scored(settings: Settings, nights: Sequence[date]) -> int:
    """How many calls of these nights are scored: a check on rows can name no others."""
    with lake(settings, read_only=True) as connection:
        query = "SELECT count(*) FROM lake.raw.calls WHERE status = 'scored' AND list_contains($1, batch_date)"
        [(count,)] = connection.execute(query, [list(nights)]).fetchall()
    return int(count)


def _checked(settings: Settings, nights: Sequence[date], landed: int) -> list[CheckResult]:
    with lake(settings, read_only=True) as connection:
        return check_raw_nights(connection, nights, landed, settings.home / "data_docs" / "raw")
