"""The folder a hub model is loaded from, its hashes checked once a process."""

from functools import cache
from pathlib import Path

from coachlake.models.hub.copy import copied
from coachlake.models.hub.shelf import own_shelf, shared_shelf
from coachlake.models.hub.state import State, state_of
from coachlake.models.profiles import load_hub_model
from coachlake.models.weights import WeightsError, WeightsMissingError


@cache
def verified_hub_model(name: str) -> Path:
    """Folder of a fetched hub model whose every file has been held against its lock in this process.

    Nothing is asked of a hub. Where COACHLAKE_MODELS is an address, the model is copied into this machine's cache
    first, once. Raises WeightsError where it was not fetched, is not what was fetched, or cannot be read.
    """
    model = load_hub_model(name)
    shared, own = shared_shelf(model), own_shelf(model)
    if not shared.is_local:
        copied(shared, own)  # and hashed
    elif (state := state_of(own)).kind != "present":
        raise weights_error(state)
    return own.folder


def weights_error(state: State) -> WeightsError:
    """The error of a model that is not whole: what is wrong, and the command that mends it."""
    kind = WeightsMissingError if state.kind == "missing" else WeightsError
    return kind(f"{state.says}: run coachlake models fetch on a machine that reaches the hub")
