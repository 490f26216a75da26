"""What a night needs of the machines it runs on: asked once, since each call would else fail alone."""

from typing import Any

from coachlake.models.profiles import load_profile
from coachlake.models.schema import Profile
from coachlake.models.upkeep.verify import verify_profile
from coachlake.models.weights import WeightsError


class DeviceMissingError(RuntimeError):
    """The profile names a device that no machine of the cluster has; the message says what to do."""


# What starting Ray again would not mend: told to whoever asked for the night.
UNMET = (DeviceMissingError, WeightsError)


def require_device(profile: Profile) -> None:
    """Raises DeviceMissingError where `profile` runs on CUDA and the open Ray session's cluster has no GPU."""
    import ray

    if profile.device.partition(":")[0] == "cuda" and not ray.cluster_resources().get("GPU", 0):
        raise DeviceMissingError(
            f"profile {profile.name} runs on {profile.device} and Ray finds no GPU here: add a machine that has one "
            "(nvidia-smi lists it), or choose another profile, as COACHLAKE_MODEL_PROFILE=embedded"
        )


def require_models(profile: Profile) -> None:
    """Raises WeightsError where a model of `profile` is missing or changed on a machine that would hear calls.

    Every such machine of the open Ray session checks its own: hashes every file, once a night.
    """
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    check = ray.remote(_what_is_wrong)
    asked = {}
    for node in _listening(ray.nodes()):
        there = NodeAffinitySchedulingStrategy(node["NodeID"], soft=True)
        asked[check.options(num_cpus=0, scheduling_strategy=there).remote(profile.name)] = node["NodeManagerHostname"]
    for answer, machine in asked.items():
        if wrong := ray.get(answer):
            raise WeightsError(f"on {machine}: {wrong}" if len(asked) > 1 else wrong)


def _listening(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The machines that transcribe: those with a GPU, where any has one, else those with processors."""
    alive = [node for node in nodes if node["Alive"]]
    return [node for node in alive if node["Resources"].get("GPU")] or [
        node for node in alive if node["Resources"].get("CPU")
    ]


def _what_is_wrong(profile: str) -> str | None:
    try:
        verify_profile(load_profile(profile))
    except WeightsError as error:
        return str(error)
    return None
