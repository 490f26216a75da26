"""Decoding apart: a recording from anywhere is opened in a process of its own, which holds no secret and has bounds.

A crash of the decoder, or a file that asks for too much, is then a reason for one call and not the end of a worker.
"""

import ctypes
import json
import mmap
import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

import numpy as np

from coachlake.speech.decode import Audio, UnreadableAudioError, first_block_here, read_here

# Four hours of two channels are 1.8 GB, twice over while they are joined, beside the interpreter and FFmpeg.
_MEMORY_BYTES = 6 << 30
# Four hours of any codec decode in a minute or two; the clock also runs on a machine that is busy.
_CPU_S = 600
_CLOCK_S = 3600.0
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # CLONE_NEWNET, CLONE_NEWUSER of <sched.h>
_ROOT = Path(__file__).resolve().parents[2]
_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")


def channels_of(path: Path) -> Audio:
    """As `decode.read_here`, in a process of its own. Raises UnreadableAudioError also where that process dies."""
    with _shared_file() as samples:
        told = _run("channels", path, samples)
        size = os.fstat(samples.fileno()).st_size
        shape = (told["channels"], size // 4 // told["channels"])
        # The pages themselves, not a copy of them.
        content = mmap.mmap(samples.fileno(), size) if size else b""
        return Audio(np.frombuffer(content, np.float32).reshape(shape), told["rate_hz"], tuple(told["notes"]))


def first_block_of(path: Path) -> None:
    """As `decode.first_block_here`, in a process of its own. Raises UnreadableAudioError."""
    with _shared_file() as nothing:
        _run("first_block", path, nothing)


def _run(what: str, path: Path, samples: IO[bytes]) -> dict[str, Any]:
    arguments = [what, str(path), str(samples.fileno()), str(_MEMORY_BYTES), str(_CPU_S)]
    environment = {name: value for name in _KEPT_ENVIRONMENT if (value := os.environ.get(name))}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "coachlake.speech.decoder_process", *arguments],
            env=environment | {"PYTHONPATH": str(_ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            pass_fds=(samples.fileno(),),
            timeout=_CLOCK_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableAudioError(f"decoding took longer than {_CLOCK_S / 60:.0f} minutes") from error
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise UnreadableAudioError(
            f"decoding it takes more than {_CPU_S} s of a processor, or more memory than there is"
        )
    if done.returncode < 0:
        raise UnreadableAudioError(f"the decoder died of signal {-done.returncode} while reading it")
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[-2000:])
    told: dict[str, Any] = json.loads(done.stdout)
    if "reason" in told:
        raise UnreadableAudioError(str(told["reason"]))
    return told


def _shared_file() -> IO[bytes]:
    """A file of no name that both processes can reach: in memory where the system has it."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("samples"), "w+b")
    return tempfile.TemporaryFile()


def confine(memory_bytes: int, cpu_s: int) -> None:
    """Bounded memory and time and no network for this process from here on.

    Where the system grants no network name space, FFmpeg's list of protocols, files alone, still stands
    (`containers.py`).
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a recording in a core dump lies about for ever
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        _ = library.unshare(_NEW_NETWORK) and library.unshare(_NEW_USER | _NEW_NETWORK)


def main(what: str, path: str, descriptor: str) -> dict[str, object]:
    """What the process does, as JSON: the samples go into the open file `descriptor`."""
    try:
        if what == "first_block":
            first_block_here(Path(path))
            return {}
        audio = read_here(Path(path))
        with os.fdopen(int(descriptor), "wb") as sink:
            for channel in audio.samples:
                sink.write(np.ascontiguousarray(channel).tobytes())
        return {"channels": audio.channels, "rate_hz": audio.source_rate_hz, "notes": audio.notes}
    except UnreadableAudioError as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": "decoding it needs more memory than it may have"}


if __name__ == "__main__":
    confine(int(sys.argv[4]), int(sys.argv[5]))
    print(json.dumps(main(*sys.argv[1:4])))
