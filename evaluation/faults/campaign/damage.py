"""What is around a run spoiled: a full disk, a catalog locked or lost, files changed, damaged or gone."""

import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from evaluation.faults.campaign.kills import ALL_TABLES, NIGHT_TABLES, Bench, stage_work, verdict
from evaluation.faults.campaign.world import NIGHT, World
from evaluation.faults.outcome import Outcome


def disk_full(bench: Bench, moments: int) -> Iterator[Outcome]:
    """A run whose files cannot grow beyond a random size; it must say so plainly, and the next one finish."""
    for number in range(moments):
        world = World(bench.folder / f"full-{number}")
        size = int(2 ** bench.chance.uniform(10, 18))
        ended = world.run(largest_file=size).ended()
        if not ended.is_raw and ended.status is not None:
            ended = world.run().ended()
        yield verdict("disk full", f"{number}: {size} bytes", ended, bench.undisturbed[ALL_TABLES], world, ALL_TABLES)


def catalog_locked(bench: Bench, moments: int) -> Iterator[Outcome]:
    """The catalog held by somebody else for a while as a night lands."""
    for number in range(moments):
        world = World(bench.folder / f"locked-{number}")
        world.landed()
        stage_work(world)
        night, catalog = world.night(), world.home / "lake" / "catalog.sqlite"
        night.wait_until(lambda catalog=catalog: catalog.exists())  # type: ignore[misc]
        seconds = bench.chance.uniform(1, 20)
        with closing(sqlite3.connect(catalog, timeout=60, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            time.sleep(seconds)
            other.execute("ROLLBACK")
        ended = night.ended()
        case = f"{number}: for {seconds:.0f} s"
        yield verdict("catalog locked", case, ended, bench.undisturbed[NIGHT_TABLES], world, NIGHT_TABLES)


def catalog_lost(bench: Bench, moments: int) -> Iterator[Outcome]:
    """The catalog gone after a night, or cut short: told plainly, and what can be made again is."""
    for number in range(moments):
        world = World(bench.folder / f"lost-{number}")
        world.run().ended()
        catalog = world.home / "lake" / "catalog.sqlite"
        how = ("removed", "cut short")[number % 2]
        if how == "removed":
            for file in catalog.parent.glob("catalog.sqlite*"):
                file.unlink()
        else:
            content = catalog.read_bytes()
            catalog.write_bytes(content[: int(len(content) * bench.chance.uniform(0, 0.9))])
        ended = world.run().ended()
        if how == "cut short" and ended.status not in (0, None) and not ended.is_raw:
            # Nothing can know what it held: it says so, and people take their copy back or start a new one.
            for file in catalog.parent.glob("catalog.sqlite*"):
                file.unlink()
            ended = world.run().ended()
        yield verdict("catalog lost", f"{number}: {how}", ended, bench.undisturbed[ALL_TABLES], world, ALL_TABLES)


def landed_files(bench: Bench, moments: int) -> Iterator[Outcome]:
    """A landed file gone, changed or damaged at a random moment of its night, and right again before the next run."""
    for number in range(moments):
        world = World(bench.folder / f"landed-{number}")
        world.landed()
        file = world.home / "landing" / NIGHT.isoformat() / "c1.json"
        content = file.read_bytes()
        how, at = ("gone", "changed", "damaged")[number % 3], bench.chance.uniform(0, 12)
        night = world.night()
        night.wait_until(lambda night=night, at=at: night.seconds() >= at)  # type: ignore[misc]
        file.unlink()
        if how == "changed":
            file.write_bytes(content.replace(b"Tuesday", b"Thursday"))
        elif how == "damaged":
            file.write_bytes(content[: bench.chance.randrange(len(content))])
        first = night.ended()
        file.unlink(missing_ok=True)
        file.write_bytes(content)
        ended = world.night().ended() if first.status is not None else first
        case = f"{number}: {how} after {at:.1f} s"
        yield verdict("a landed file", case, ended, bench.undisturbed[NIGHT_TABLES], world, NIGHT_TABLES)


def staged_files(bench: Bench, moments: int) -> Iterator[Outcome]:
    """A finished piece of work damaged or gone between a killed run and the next."""
    for number in range(moments):
        world = World(bench.folder / f"staged-{number}")
        world.landed()
        stage_work(world)
        what = ("scored", "transcripts", "embeddings")[number % 3]
        if what != "scored":  # judged again from what was heard
            shutil.rmtree(world.home / "staging" / "scored")
        files = sorted(path for path in (world.home / "staging" / what).rglob("*") if path.is_file())
        file, how = bench.chance.choice(files), ("flipped", "cut short", "gone")[number // 3 % 3]
        spoil(file, how, bench.chance)
        ended = world.night().ended()
        case = f"{number}: {what} {file.suffix} {how}"
        yield verdict("a staged file", case, ended, bench.undisturbed[NIGHT_TABLES], world, NIGHT_TABLES)


def spoil(file: Path, how: str, chance: random.Random) -> None:
    """Damage a file: one bit "flipped", "cut short", or "gone"."""
    content = bytearray(file.read_bytes())
    file.unlink()
    if how == "flipped":
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        file.write_bytes(content)
    elif how == "cut short":
        file.write_bytes(content[: chance.randrange(len(content))])


def two_at_once(bench: Bench, moments: int) -> Iterator[Outcome]:
    """Two runs of one delivery on one lake, the second begun a random while after the first; both must end well."""
    for number in range(moments):
        world = World(bench.folder / f"two-{number}")
        first, apart = world.run(), bench.chance.uniform(0, 20)
        first.wait_until(lambda first=first, apart=apart: first.seconds() >= apart)  # type: ignore[misc]
        second = world.run(log="second")
        ended = first.ended()
        ended = second.ended() if ended.status == 0 else ended
        case = f"{number}: {apart:.0f} s apart"
        yield verdict("two runs at once", case, ended, bench.undisturbed[ALL_TABLES], world, ALL_TABLES)
