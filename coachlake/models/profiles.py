"""Model profiles, read from `profiles.yaml`: one file says which model does which part."""

from functools import cache
from pathlib import Path
from typing import Any

from coachlake.models.schema import HubModel, Profile, Weight
from coachlake.yaml_files import read_yaml

_FILE = Path(__file__).with_name("profiles.yaml")


@cache
def load_profile(name: str) -> Profile:
    """The profile of that name. Raises KeyError naming the profiles there are."""
    return Profile(name=name, **_entry("profiles", "model profile", name))


@cache
def load_weight(name: str) -> Weight:
    """The pinned weight of that name. Raises KeyError naming the weights there are."""
    return Weight(**_entry("weights", "weight", name))


@cache
def load_hub_model(name: str) -> HubModel:
    """The pinned hub model of that name. Raises KeyError naming the hub models there are."""
    return HubModel(**_entry("hub", "hub model", name))


def all_weight_names(profile: Profile) -> set[str]:
    """The weights that a profile loads, and those whose files are loaded with them."""
    return {*profile.weight_names, *(other for name in profile.weight_names for other in load_weight(name).needs)}


def profile_names() -> tuple[str, ...]:
    """Every profile there is, as in the file."""
    return tuple(_document()["profiles"])


def weight_names() -> tuple[str, ...]:
    """Every weight of a pip package, as in the file."""
    return tuple(_document()["weights"])


def hub_names() -> tuple[str, ...]:
    """Every hub model, as in the file."""
    return tuple(_document()["hub"])


def _entry(section: str, kind: str, name: str) -> dict[str, Any]:
    entries: dict[str, dict[str, Any]] = _document()[section]
    if name not in entries:
        raise KeyError(f"no {kind} {name!r}: there are {', '.join(entries)}")
    return entries[name]


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = read_yaml(_FILE)
    return document
