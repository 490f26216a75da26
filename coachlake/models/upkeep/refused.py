"""Why a fetch came to nothing, in words that say what to do."""

import os

from coachlake.models.schema import HubModel


class FetchError(RuntimeError):
    """A model could not be fetched; the message says what to do."""


def in_words(error: Exception, model: HubModel, endpoint: str | None) -> FetchError:
    """What huggingface_hub or the disk raised while `model` was fetched, as a sentence."""
    from huggingface_hub import constants
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled, RevisionNotFoundError

    hub = endpoint or constants.ENDPOINT
    if isinstance(error, RevisionNotFoundError):
        return FetchError(
            f"{hub} has no revision {model.revision} of {model.repository}: see coachlake/models/profiles.yaml"
        )
    if isinstance(error, HfHubHTTPError) and error.response.status_code in (401, 403):
        return FetchError(_refused(model, hub))
    if isinstance(error, HfHubHTTPError) and error.response.status_code == 404:
        return FetchError(f"{hub} has no {model.repository}: see HF_ENDPOINT and coachlake/models/profiles.yaml")
    if isinstance(error, OfflineModeIsEnabled) or constants.HF_HUB_OFFLINE:
        return FetchError("HF_HUB_OFFLINE is set, so nothing can be fetched: unset it and run again")
    if isinstance(error, OSError) and error.errno is not None:
        return FetchError(f"{model.repository} could not be written ({error}): see to it and run again")
    return FetchError(
        f"{hub} cannot be reached or broke off ({_first_line(error)}): see to the network, or name another hub by "
        "HF_ENDPOINT, and run the same command again. Files that have arrived whole are kept"
    )


def _refused(model: HubModel, hub: str) -> str:
    page = f"{hub}/{model.repository}"
    if os.environ.get("HF_TOKEN"):
        return f"{hub} does not give {model.repository} to this HF_TOKEN: accept the terms at {page} and run again"
    return (
        f"{model.repository} is given only to who accepts its terms: do so at {page}, make a token that may read at "
        f"{hub}/settings/tokens, and run again with HF_TOKEN set to it"
    )


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".partition("\n")[0][:200]
