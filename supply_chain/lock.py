"""`make lock`: resolves pyproject.toml into lock files that name every file by its hash, for every platform.

`python -m supply_chain.lock [PACKAGE ...]`: versions stay as they are locked, but for the packages named.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from supply_chain.locks import COACHLAKE, PIP, ROOT, SUPPLY, TORCH_CUDA, stanzas

_UV = Path(sys.executable).with_name("uv")
_HEAD = "# Made by `make lock` from pyproject.toml: change that, then make this again.\n"
_OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-config", "--quiet")
_TORCH_CUDA_NAMES = ("nvidia-", "cuda-", "triton")


def main(upgraded: Sequence[str]) -> None:
    """Write the four lock files. Raises CalledProcessError where uv finds no solution; its own words are on stderr."""
    tools = [(PIP, "installer"), (SUPPLY, "supply")]
    made = {path: _resolved(_read(path), upgraded, "--group", group) for path, group in tools}
    wanted = ("pyproject.toml", "--extra", "cluster", "--group", "dev")
    made |= split(_resolved(_read(COACHLAKE) + _read(TORCH_CUDA), upgraded, *wanted))
    for path, text in made.items():
        if _read(path) != _HEAD + text:  # a file that is written anew has `make` install anew
            path.write_text(_HEAD + text, encoding="utf-8")


def split(text: str) -> dict[Path, str]:
    """What is always installed, and what only torch's CUDA build needs."""
    parts = {COACHLAKE: "", TORCH_CUDA: ""}
    for pin, stanza in stanzas(text):
        parts[TORCH_CUDA if pin.name.startswith(_TORCH_CUDA_NAMES) else COACHLAKE] += stanza
    return parts


def _resolved(before: str, upgraded: Sequence[str], *wanted: str) -> str:
    """uv's answer: what it finds in the file it writes to, it keeps."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "lock.txt"
        target.write_text(before, encoding="utf-8")
        newer = [option for name in upgraded for option in ("--upgrade-package", name)]
        command = [str(_UV), "pip", "compile", *wanted, *_OPTIONS, *newer, "--output-file", str(target)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return target.read_text(encoding="utf-8")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    main(sys.argv[1:])
