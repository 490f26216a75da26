"""Ray itself: a local one by default, a cluster's address by configuration alone.

A local one listens on the loopback interface alone and asks every caller for a token that this process made up and
keeps to itself. A cluster is somebody else's: its token is read as any Ray client reads it (`RAY_AUTH_TOKEN`,
`RAY_AUTH_TOKEN_PATH`, else `~/.ray/auth_token`).
"""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from coachlake.models.folders import models_address
from coachlake.telemetry import TELEMETRY_OFF

# Set before ray is imported: no reinstall under `uv run`, no usage reports, quiet.
ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
}
# What each worker process runs with: one thread an actor (several share a machine), no model hub, no telemetry.
WORKER_ENVIRONMENT = {
    **TELEMETRY_OFF,
    "OMP_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


@contextmanager
def ray_session(address: str | None, cores: int | None = None) -> Iterator[None]:
    """A Ray connection for the block: the one already open, the cluster at `address`, or a local one.

    `cores`: how many a local one takes the machine to have; None: those it has. Only what this call opened is closed at
    the end. Raises ray.exceptions.AuthenticationError for a cluster that does not know the token.
    """
    with _environment(ENVIRONMENT | (_cluster_access() if address else _local_access())):
        import ray

        if ray.is_initialized():
            yield
            return
        _read_environment_anew(is_cluster=bool(address))
        _open(address, cores)
        try:
            yield
        finally:
            ray.shutdown()


def _local_access() -> dict[str, str]:
    """Loopback and a token of this session's own; nothing of it is written to a file."""
    return {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        # Named for the systems that have it off by default: the node's address is then 127.0.0.1, and all that Ray
        # opens is bound to it. `_node_ip_address="127.0.0.1"` is turned into the outside address instead.
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    }


def _cluster_access() -> dict[str, str]:
    """A token is asked for unless whoever runs the cluster has said otherwise."""
    return {"RAY_AUTH_MODE": os.environ.get("RAY_AUTH_MODE", "token"), "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "1"}


def _read_environment_anew(*, is_cluster: bool) -> None:
    """Ray keeps what it read of these variables; a process that has used it before may have had other ones."""
    inside: Any = import_module("ray._raylet")  # compiled: nothing says what is in it
    inside.Config.initialize("")
    inside.AuthenticationTokenLoader.instance().reset_cache()
    import_module("ray._private.ray_constants").ENABLE_RAY_CLUSTER = is_cluster  # type: ignore[attr-defined]


def _open(address: str | None, cores: int | None) -> None:
    import ray

    local: dict[str, Any] = {} if address else {"include_dashboard": False, "num_cpus": cores}
    with _no_native_stderr():  # where Ray's native part says that it has read its log level
        ray.init(
            address=address or "local",
            log_to_driver=False,
            logging_level="ERROR",
            runtime_env={"env_vars": WORKER_ENVIRONMENT | _models()},
            **local,
        )


def _models() -> dict[str, str]:
    """Where the driver's models lie is where every worker's do; without a word each machine looks in its own cache."""
    return {"COACHLAKE_MODELS": models_address()} if os.environ.get("COACHLAKE_MODELS") else {}


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Environment variables for the block, handed to the processes Ray starts; a token does not outlive it."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


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
