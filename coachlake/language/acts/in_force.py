"""Which act model judges: the one a deployment trained and let in force, else the one that is shipped."""

import os
from pathlib import Path

from coachlake.files import write_whole
from coachlake.language.acts.model import SHIPPED, checked_card
from coachlake.models.weights import WeightsError

_POINTER = "in_force"


def models_folder(home: Path) -> Path:
    """Where a deployment's act models lie, each in a folder named by the first 12 digits of its sha256."""
    return home / "models" / "acts"


def judge_in_force(home: Path | None = None) -> Path:
    """Folder of the act model that judges: COACHLAKE_JUDGE, else what `models/acts/in_force` of the home names, else
    the shipped one. Reads a line at most.

    No field of Settings: like the cache, a machine of a cluster that does not share the home says where its copy lies.
    Raises WeightsError where the folder named is not there.
    """
    if given := os.environ.get("COACHLAKE_JUDGE"):
        return _there(Path(given), "COACHLAKE_JUDGE names it: set it to the folder of a model, or unset it")
    pointer = models_folder(home) / _POINTER if home else None
    if pointer is None or not pointer.is_file():
        return SHIPPED
    folder = pointer.with_name(pointer.read_text(encoding="utf-8").strip())
    return _there(folder, f"{pointer} names it: bring the folder back, or remove {pointer} to judge by the shipped one")


def judge_version(folder: Path) -> str | None:
    """What a call's key says of the act model in `folder`; None for the shipped one, which is part of the code.

    Raises WeightsError where the model is missing or not its card's, so that nothing is judged by half of one.
    """
    card = checked_card(folder)
    return None if folder == SHIPPED else str(card["sha256"])


def put_in_force(folder: Path) -> None:
    """Let the model in `folder` (one of `models_folder`) judge from now on. Raises WeightsError as `judge_version`."""
    checked_card(folder)
    write_whole(folder.with_name(_POINTER), f"{folder.name}\n".encode())


def _there(folder: Path, what_to_do: str) -> Path:
    if not folder.is_dir():
        raise WeightsError(f"no act model in {folder}. {what_to_do}")
    return folder
