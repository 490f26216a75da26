"""The lock files: which there are, and the pins in them."""

import re
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "locks"
# What `make` installs; what PyPI's torch for Linux brings beside it (constraints: a CPU build of torch brings nothing).
COACHLAKE, TORCH_CUDA = LOCKS / "coachlake.txt", LOCKS / "torch_cuda.txt"
# PyTorch's own CPU build, written by hand: no index that is asked here carries it.
TORCH_CPU = LOCKS / "torch_cpu.txt"
# The installer, which comes first, and the tools that make and read these files, which go where coachlake does not.
PIP, SUPPLY = LOCKS / "pip.txt", LOCKS / "supply.txt"
# The environment that SUPPLY is installed into (Makefile).
TOOLS = ROOT / ".venv-supply" / "bin"

_NEXT_PIN = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)


def stanzas(text: str) -> Iterator[tuple[Requirement, str]]:
    """Each pin of a lock's text with the lines that belong to it: its hashes, and by whom it is wanted."""
    for stanza in _NEXT_PIN.split(text):
        if stanza[:1].isalnum():
            yield Requirement(stanza.splitlines()[0].removesuffix("\\").strip()), stanza


def hashes(stanza: str) -> list[str]:
    """The sha256 of every file that may be installed for a pin."""
    return re.findall(r"--hash=sha256:([0-9a-f]{64})\b", stanza)
