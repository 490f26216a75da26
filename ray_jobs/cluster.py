"""Ray itself: a local one by default, a cluster's address by configuration alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

# Set before ray is imported: no usage reports, no token file in the home folder, no reinstall under `uv run`.
ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_AUTH_MODE": "disabled",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
}
# What each worker process runs with: one thread an actor (several share a machine), no model hub, no telemetry.
WORKER_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "PYANNOTE_METRICS_ENABLED": "0",
    "TOKENIZERS_PARALLELISM": "false",
}


@contextmanager
def ray_session(address: str | None) -> Iterator[None]:
    """A Ray connection for the block: the one already open, the cluster at `address`, or a local one.

    Only what this call opened is closed at the end.
    """
    os.environ.update(ENVIRONMENT)
    import ray

    if ray.is_initialized():
        yield
        return
    local = {} if address else {"include_dashboard": False}
    with _no_native_stderr():  # where Ray's native part says that it has read its log level
        ray.init(
            address=address or "local",
            log_to_driver=False,
            logging_level="ERROR",
            runtime_env={"env_vars": WORKER_ENVIRONMENT},
            **local,
        )
    try:
        yield
    finally:
        ray.shutdown()


@contextmanager
def _no_native_stderr() -> Iterator[None]:
    """What is written to file descriptor 2 inside goes nowhere; exceptions are raised as ever."""
    kept = os.dup(2)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def gpu_share() -> float:
    """The fraction of a GPU to ask for per listening actor: a third where the cluster has any, 0 where it has none.

    Asking for a GPU on a cluster without one would wait for ever. A third fits Whisper large-v3-turbo in int8
    (about 2 GB) with the diarizer three times on an 8 GB card.
    """
    import ray

    return 0.33 if ray.cluster_resources().get("GPU", 0) > 0 else 0.0
