"""The locks: every file by its hash, from no index but the default one, and what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from supply_chain.lock import split
from supply_chain.locks import COACHLAKE, LOCKS, PIP, ROOT, SUPPLY, TORCH_CPU, TORCH_CUDA, hashes, stanzas

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_GROUPS = _PROJECT["dependency-groups"]
_WANTED = {
    COACHLAKE: [
        *_PROJECT["project"]["dependencies"],
        *_PROJECT["project"]["optional-dependencies"]["cluster"],
        *_GROUPS["dev"],
        *_PROJECT["build-system"]["requires"],
    ],
    PIP: _GROUPS["installer"],
    SUPPLY: _GROUPS["supply"],
}
_ALL = [COACHLAKE, TORCH_CUDA, TORCH_CPU, PIP, SUPPLY]


def _versions(path: Path) -> dict[str, str]:
    return {canonicalize_name(pin.name): _version(pin) for pin, _ in stanzas(path.read_text(encoding="utf-8"))}


def _version(pin: Requirement) -> str:
    (only,) = pin.specifier
    assert only.operator == "=="
    return only.version


def test_there_is_no_lock_but_those_looked_at_here() -> None:
    assert set(LOCKS.iterdir()) == set(_ALL)


@pytest.mark.parametrize("path", _ALL, ids=lambda path: path.stem)
def test_every_pin_has_hashes_and_no_place_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pins = list(stanzas(text))
    assert pins
    assert [str(pin) for pin, stanza in pins if not hashes(stanza) or pin.url] == []
    assert re.findall(r"://|^ *-{1,2}(?!-|hash=sha256:)\S", text, re.MULTILINE) == []


@pytest.mark.parametrize("path", _WANTED, ids=lambda path: path.stem)
def test_a_lock_satisfies_the_project(path: Path) -> None:
    locked = _versions(path)
    wanted = [Requirement(line) for line in _WANTED[path]]
    assert [str(one) for one in wanted if canonicalize_name(one.name) not in locked] == []
    assert [str(one) for one in wanted if not one.specifier.contains(locked[canonicalize_name(one.name)])] == []


def test_the_cpu_build_is_of_the_torch_that_is_locked() -> None:
    assert _versions(TORCH_CPU) == {"torch": _versions(COACHLAKE)["torch"]}


def test_what_torch_brings_for_cuda_is_kept_apart() -> None:
    text = "nvidia-nvtx==13.0 \\\n    --hash=sha256:aa\ntorch==2.13.0 \\\n    --hash=sha256:bb\n"
    parts = split(text)
    assert [pin.name for pin, _ in stanzas(parts[COACHLAKE])] == ["torch"]
    assert [pin.name for pin, _ in stanzas(parts[TORCH_CUDA])] == ["nvidia-nvtx"]
    assert not _versions(COACHLAKE).keys() & _versions(TORCH_CUDA).keys()
