"""The whole campaign, a kind at a time: `python -m evaluation.faults.campaign`."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path

from coachlake.files import write_whole
from evaluation.faults.campaign import damage, kills
from evaluation.faults.campaign.kills import ALL_TABLES, NIGHT_TABLES, STAGED, Bench
from evaluation.faults.campaign.tables import contents
from evaluation.faults.campaign.world import World
from evaluation.faults.outcome import Outcome

# A kind of fault: how many random moments of it to try.
Kind = Callable[[int], Iterator[Outcome]]


class Fault(StrEnum):
    """What is broken, by its name on the command line."""

    run = "run"
    commit = "commit"
    worker = "worker"
    head = "head"
    dbt = "dbt"
    disk = "disk"
    locked = "locked"
    lost = "lost"
    landed = "landed"
    staged = "staged"
    two = "two"


class CampaignError(Exception):
    """The undisturbed run itself did not come through: there is nothing to compare with."""


def kinds(bench: Bench) -> dict[Fault, Kind]:
    """Every kind of fault by name."""
    worker = partial(kills.parts_killed, bench, "a Ray worker killed", ("ray::",))
    head = partial(
        kills.parts_killed, bench, "Ray's head killed", ("raylet/raylet", "gcs/gcs_server", "ray_jobs.driver")
    )
    return {
        Fault.run: partial(kills.runs_killed, bench),
        Fault.commit: partial(kills.commits_killed, bench),
        Fault.worker: worker,
        Fault.head: head,
        Fault.dbt: partial(kills.dbt_killed, bench),
        Fault.disk: partial(damage.disk_full, bench),
        Fault.locked: partial(damage.catalog_locked, bench),
        Fault.lost: partial(damage.catalog_lost, bench),
        Fault.landed: partial(damage.landed_files, bench),
        Fault.staged: partial(damage.staged_files, bench),
        Fault.two: partial(damage.two_at_once, bench),
    }


def prepare(folder: Path, seed: int) -> Bench:
    """The undisturbed runs that all others are compared with, under `folder`; taken from there where they are already.

    Raises CampaignError where one fails.
    """
    kept = folder / "undisturbed.json"
    if not kept.exists():
        whole, night = World(folder / "undisturbed"), World(folder / "undisturbed-night")
        night.landed()
        both = (whole.run(), night.night())  # side by side: no fault is timed by the clock of a busy machine alone
        ended = [running.ended() for running in both]
        for one in ended:
            if one.status != 0:
                raise CampaignError(one.said[-2000:])
        shutil.copytree(night.home / "staging", folder / STAGED)
        found = {
            "all": contents(whole.settings, *ALL_TABLES),
            "night": contents(night.settings, *NIGHT_TABLES),
            "run_s": ended[0].seconds,
        }
        write_whole(kept, json.dumps(found).encode())
    found = json.loads(kept.read_text(encoding="utf-8"))
    undisturbed = {ALL_TABLES: found["all"], NIGHT_TABLES: found["night"]}
    return Bench(folder, undisturbed, found["run_s"], random.Random(seed))
