"""1:1 packs as files, for the printer and the inbox."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import dagster as dg
from pydantic import Field

from coachlake.files import named_by, write_whole
from coachlake.lake.connection import lake
from coachlake.packs.content import Pack, read_packs
from coachlake.packs.page import pack_document
from coachlake.packs.pdf import pack_pdf
from orchestration import owners
from orchestration.resources.lakehouse import Lakehouse


class Cadence(StrEnum):
    """How often a coach and a rep meet."""

    weekly = "weekly"
    biweekly = "biweekly"


class PackConfig(dg.Config):
    """Which packs to make."""

    cadence: Cadence = Field(
        default=Cadence.weekly, description="weekly, or biweekly for coaches who meet every two weeks."
    )
    start_on: str | None = Field(
        default=None, description="First day of the period (ISO date); none: the latest one that has ended."
    )
    app_url: str = Field(default="http://127.0.0.1:8501", description="Where the app is reached; links lead there.")


@dg.asset(
    deps=["published"],
    group_name="published",
    kinds={"html", "pdf"},
    owners=owners.ANALYTICS,
)
def one_to_one_packs(
    context: dg.AssetExecutionContext, config: PackConfig, lakehouse: dg.ResourceParam[Lakehouse]
) -> dg.MaterializeResult[None]:
    """A printable page and a PDF a rep in `<home>/packs/<cadence>/<first day>/`, for the period that has just ended."""
    settings = lakehouse.settings()
    start = date.fromisoformat(config.start_on) if config.start_on else None
    with lake(settings, read_only=True) as connection:
        packs = read_packs(
            connection, config.app_url, cadence=config.cadence, start_on=start, ended_before=datetime.now(UTC).date()
        )
    if not packs:
        context.log.warning("No rep has a scored call in this period: no pack was written.")
        return dg.MaterializeResult(metadata={"packs": 0})
    folder = settings.home / "packs" / config.cadence / packs[0].start_on.isoformat()
    write_packs(packs, folder)
    return dg.MaterializeResult(
        metadata={
            "packs": len(packs),
            "period": f"{packs[0].start_on} to {packs[0].end_on}",
            "folder": dg.MetadataValue.path(str(folder)),
        }
    )


def write_packs(packs: Sequence[Pack], folder: Path) -> None:
    """`<rep_id>.html` and `<rep_id>.pdf` of each pack. Files are replaced whole: repeating is safe."""
    for pack in packs:
        write_whole(named_by(folder, pack.rep_id, ".html"), pack_document(pack).encode())
        write_whole(named_by(folder, pack.rep_id, ".pdf"), pack_pdf(pack))
