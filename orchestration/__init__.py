"""Dagster: the night from landing zone to published marts, a folder a concern under `defs`."""

import warnings

from dagster import BetaWarning

# Dagster marks single-run backfills and pools as beta; both are pinned here by version, and `dagster dev` would
# repeat the notice for every asset.
warnings.filterwarnings("ignore", category=BetaWarning)
