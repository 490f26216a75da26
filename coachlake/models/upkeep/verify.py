"""Every model of a profile, checked before a run counts on it."""

from coachlake.models.hub.load import verified_hub_model
from coachlake.models.schema import Profile
from coachlake.models.weights import verified_weight


def verify_profile(profile: Profile) -> list[str]:
    """Check every model of a profile; the names checked. Raises WeightsError at the first that fails."""
    for name in profile.weight_names:
        verified_weight(name)
    for name in profile.hub_names:
        verified_hub_model(name)
    return [*profile.weight_names, *profile.hub_names]
