"""A GPU, its driver, and what CTranslate2 and torch need to run on it, where the profile asks for one."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, version

from coachlake.cli.doctor.finding import Finding
from coachlake.models.profiles import load_profile, profile_names
from coachlake.settings import Settings

# What CTranslate2 loads by this name, the package of the extra `gpu` that brings it, and its folder there.
_LIBRARY, _PACKAGE, _FOLDER = "libcublas.so.12", "nvidia-cublas-cu12", "nvidia/cublas/lib"
_ANOTHER = "choose another profile, as COACHLAKE_MODEL_PROFILE=embedded"
_SECONDS = 30


def check(settings: Settings) -> Iterator[Finding]:
    """The GPUs of this machine; for a profile on `cuda` also cuBLAS and torch, each with the command that mends it."""
    found, profile = gpus(), settings.model_profile
    for gpu in found:
        yield Finding("good", f"GPU {gpu}")
    if profile not in profile_names() or load_profile(profile).device.partition(":")[0] != "cuda":
        yield Finding("good", f"profile {profile} needs no GPU")
    elif settings.ray_address:
        yield Finding("note", f"profile {profile} needs a GPU on a machine of the cluster: run coachlake doctor there")
    else:
        yield from [] if found else [Finding("bad", _no_gpu(profile))]
        yield _cublas()
        yield _torch()


def gpus() -> list[str]:
    """Name, driver and memory of every GPU that nvidia-smi lists; none where it is not there or finds no driver."""
    try:
        done = subprocess.run(
            ["nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"],
            capture_output=True, text=True, timeout=_SECONDS, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return []
    fields = [line.split(", ") for line in done.stdout.splitlines() if line.count(", ") == 2]
    return [f"{name}, driver {driver}, {memory}" for name, driver, memory in fields]


def _no_gpu(profile: str) -> str:
    return (
        f"profile {profile} runs on a GPU and nvidia-smi lists none: install NVIDIA's driver until nvidia-smi does, "
        f"or {_ANOTHER}"
    )


def _cublas() -> Finding:
    if is_loadable(_LIBRARY):
        return Finding("good", f"{_LIBRARY} loads")
    try:
        place = distribution(_PACKAGE).locate_file(_FOLDER)
    except PackageNotFoundError:
        return Finding("bad", f"{_LIBRARY}, which the recogniser needs, does not load: pip install 'coachlake[gpu]'")
    path = f"export LD_LIBRARY_PATH={place}:$LD_LIBRARY_PATH"
    return Finding("bad", f"{_LIBRARY} is installed and the loader does not find it: {path}")


def is_loadable(library: str) -> bool:
    """Whether the loader finds a library, tried in a process of its own: these take hundreds of megabytes."""
    code = f"import ctypes; ctypes.CDLL({library!r})"
    return not subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode


def _torch() -> Finding:
    installed = version("torch")  # by its name alone: importing it takes seconds
    if "+cpu" in installed:
        again = f"pip install --force-reinstall torch=={installed.partition('+')[0]} brings the one for CUDA"
        return Finding("bad", f"torch {installed}, which the diarizer needs, is built for CPUs alone: {again}")
    return Finding("good", f"torch {installed} is no CPU build")
