"""The models of the configured profile: here, and as pinned."""

from collections.abc import Iterator

from coachlake.cli.doctor.finding import Finding
from coachlake.models.profiles import profile_names
from coachlake.models.upkeep.inventory import Model, inventory
from coachlake.settings import Settings


def check(settings: Settings) -> Iterator[Finding]:
    """Each model that is missing or changed, with the command that brings it; hashes all of them."""
    profile = settings.model_profile
    if profile not in profile_names():
        names = ", ".join(profile_names())
        yield Finding("bad", f"there is no profile {profile}: set COACHLAKE_MODEL_PROFILE to one of {names}")
        return
    models = list(inventory(profile))
    wrong = [model for model in models if model.state.kind != "present"]
    yield from (Finding("bad", _said(model)) for model in wrong)
    if not wrong:
        size = sum(model.state.size for model in models) / 1e6
        yield Finding("good", f"the {len(models)} models of profile {profile} are here as pinned ({size:,.0f} MB)")


def _said(model: Model) -> str:
    terms = f" (first accept its terms, licence {model.licence})" if model.needs_terms else ""
    return f"{model.name} is {model.state.kind}, {model.state.says}: {model.mend}{terms}"
