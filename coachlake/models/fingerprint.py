"""The models of a profile as one short hash, which every result carries."""

import hashlib
import json

from coachlake.models.hub.shelf import shared_shelf
from coachlake.models.profiles import all_weight_names, load_hub_model, load_weight
from coachlake.models.schema import Profile

_MISSING = "missing"  # nothing is heard by models that are not there: this names no result


def fingerprint(profile: Profile) -> str:
    """Short hash of everything about the models that can change a result: names, options and hashes.

    A hub model's are its revision and the hash of its lock. Raises WeightsError where COACHLAKE_MODELS cannot be read.
    """
    hashes = {name: [load_weight(name).sha256, load_weight(name).used_sha256] for name in all_weight_names(profile)}
    hashes |= {name: _hub_hashes(name) for name in profile.hub_names}
    # A profile without a judge keeps the fingerprint it had before there were any.
    left_out = {"device"} if profile.judge else {"device", "judge"}
    content = json.dumps([profile.model_dump(exclude=left_out), hashes], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _hub_hashes(name: str) -> list[str | None]:
    model = load_hub_model(name)
    lock = shared_shelf(model).lock()
    return [model.revision, lock.sha256 if lock else _MISSING]
