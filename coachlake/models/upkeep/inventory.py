"""Every model there is to know of: what it is for, where it is from, and whether it is here as pinned."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coachlake.models.hub.shelf import shared_shelf
from coachlake.models.hub.state import State, state_of
from coachlake.models.profiles import (
    all_weight_names,
    hub_names,
    load_hub_model,
    load_profile,
    load_weight,
    profile_names,
    weight_names,
)
from coachlake.models.weights import (
    WeightsError,
    WeightsMissingError,
    joined_folder,
    package_of,
    verified_weight,
)


@dataclass(frozen=True, slots=True)
class Model:
    """A model and its state. `source` names where it is from and at which pin, `mend` the command that brings it."""

    name: str
    use: str
    profiles: tuple[str, ...]
    licence: str
    source: str
    needs_terms: bool
    state: State
    mend: str


def inventory(profile: str | None = None) -> Iterator[Model]:
    """Every model, or those of one profile, each hashed as it is yielded. Raises KeyError for no such profile."""
    wanted = needed_by(profile) if profile else None
    for name in weight_names():
        if wanted is None or name in wanted:
            yield _packaged(name)
    for name in hub_names():
        if wanted is None or name in wanted:
            yield _from_hub(name)


def needed_by(profile: str) -> set[str]:
    """Names of all models that a profile loads. Raises KeyError for no such profile."""
    found = load_profile(profile)
    return all_weight_names(found) | set(found.hub_names)


def _packaged(name: str) -> Model:
    weight = load_weight(name)
    state, source = _packaged_state(name), f"{weight.package}=={weight.version}"
    return Model(name, weight.use, _profiles(name), weight.licence, source, False, state, _reinstall(name))


def _reinstall(name: str) -> str:
    """Parts are joined in the cache, which outlives the packages they came in."""
    weight = load_weight(name)
    packages = {weight.package, *(package_of(part) for part in weight.parts)}
    again = f"pip install --force-reinstall {' '.join(f'{package}=={weight.version}' for package in sorted(packages))}"
    return f"rm -rf {joined_folder(name, weight)} && {again}" if weight.parts else again


def _from_hub(name: str) -> Model:
    model, profiles = load_hub_model(name), _profiles(name)
    source = f"{model.repository}@{model.revision[:12]}"
    mend = f"coachlake models fetch --profile {profiles[0]}"
    return Model(
        name, model.use, profiles, model.licence, source, model.needs_terms, state_of(shared_shelf(model)), mend
    )


def _packaged_state(name: str) -> State:
    try:
        path = verified_weight(name)
    except WeightsMissingError as error:
        return State("missing", says=str(error))
    except WeightsError as error:
        return State("changed", says=str(error))
    used = load_weight(name).used
    files = {path, *(file for one in used for file in _files(path.parent / one))}
    return State("present", sum(file.stat().st_size for file in files))


def _files(path: Path) -> list[Path]:
    return [file for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file()]


def _profiles(name: str) -> tuple[str, ...]:
    return tuple(profile for profile in profile_names() if name in needed_by(profile))
