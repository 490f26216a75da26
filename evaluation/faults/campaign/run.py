"""The whole campaign, a kind at a time: `python -m evaluation.faults.campaign`."""

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from evaluation.faults.campaign import damage, kills
from evaluation.faults.campaign.kills import ALL_TABLES, NIGHT_TABLES, Bench
from evaluation.faults.campaign.tables import contents
from evaluation.faults.campaign.world import World
from evaluation.faults.outcome import Outcome

# A kind of fault: how many random moments of it to try.
Kind = Callable[[int], Iterator[Outcome]]


class CampaignError(Exception):
    """The undisturbed run itself did not come through: there is nothing to compare with."""


def kinds(bench: Bench) -> dict[str, Kind]:
    """Every kind of fault by name."""
    worker = partial(kills.parts_killed, bench, "a Ray worker killed", ("ray::",))
    head = partial(
        kills.parts_killed, bench, "Ray's head killed", ("raylet/raylet", "gcs/gcs_server", "ray_jobs.driver")
    )
    return {
        "run": partial(kills.runs_killed, bench),
        "commit": partial(kills.commits_killed, bench),
        "worker": worker,
        "head": head,
        "dbt": partial(kills.dbt_killed, bench),
        "disk": partial(damage.disk_full, bench),
        "locked": partial(damage.catalog_locked, bench),
        "lost": partial(damage.catalog_lost, bench),
        "landed": partial(damage.landed_files, bench),
        "staged": partial(damage.staged_files, bench),
        "two": partial(damage.two_at_once, bench),
    }


def prepare(folder: Path, seed: int) -> Bench:
    """The undisturbed runs that all others are compared with, under `folder`. Raises CampaignError where one fails."""
    whole, night = World(folder / "undisturbed"), World(folder / "undisturbed-night")
    ended = whole.run().ended()
    night.landed()
    for one in (ended, night.night().ended()):
        if one.status != 0:
            raise CampaignError(one.said[-2000:])
    undisturbed = {
        ALL_TABLES: contents(whole.settings, *ALL_TABLES),
        NIGHT_TABLES: contents(night.settings, *NIGHT_TABLES),
    }
    return Bench(folder, undisturbed, ended.seconds, random.Random(seed))
