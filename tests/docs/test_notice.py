"""NOTICE names every weight with the licence the profiles pin it under, and no library with another licence is missed."""

import re
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions

import pytest

from coachlake.models.profiles import _document, load_weight
from coachlake.settings import REPOSITORY

_NOTICE = (REPOSITORY / "NOTICE").read_text(encoding="utf-8")
# Licences, as packages write them, that ask for more than to be named.
_ASKS_MORE = re.compile(r"\b(?:A|L)?GPL|MPL|Mozilla|EUPL|CDDL|EPL|CC-BY|non-?commercial|proprietary", re.IGNORECASE)
_PERMISSIVE = re.compile(r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Artistic)|\b0BSD\b", re.IGNORECASE)
_STRONG = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
# Shared libraries under a GPL or LGPL that wheels may carry; GCC's runtimes (libgomp, libgfortran) have an exception.
_BROUGHT = re.compile(
    r"lib(x26[45]|avcodec|avformat|swscale|sndfile|mp3lame|mpg123|gmp|gnutls|nettle|readline|espeak|fribidi)\b[^/]*\.so"
    r"|libsndfile", re.IGNORECASE,
)


@pytest.mark.parametrize("name", _document()["weights"])
def test_every_weight_is_named_with_its_licence_and_package(name: str) -> None:
    weight = load_weight(name)
    assert re.search(rf"^{re.escape(name)} +{re.escape(weight.licence)} .*{re.escape(weight.package)}", _NOTICE, re.M)


def test_libraries_that_ask_for_more_or_say_nothing_permissive_are_named() -> None:
    stated = {found.name: _licence(found) for found in distributions()}
    asking = {name for name, licence in stated.items() if _ASKS_MORE.search(licence) or not _PERMISSIVE.search(licence)}
    assert sorted(asking - _named(asking)) == []


def test_no_library_is_under_a_gpl_without_a_choice() -> None:
    strong = {found.name for found in distributions() if _STRONG.search(_licence(found))}
    assert strong == {"text-unidecode"}, "NOTICE says which of its two licences is taken"


def test_wheels_that_bring_copyleft_libraries_are_named() -> None:
    bringing = {found.name for found in distributions() if any(_BROUGHT.match(file.name) for file in found.files or ())}
    assert {"av", "soundfile"} <= bringing, "the pattern finds those that are known"
    assert sorted(bringing - _named(bringing)) == []


def _named(names: Iterable[str]) -> set[str]:
    return {name for name in names if re.search(rf"\b{re.escape(name)}\b", _NOTICE)}


def _licence(found: Distribution) -> str:
    about = found.metadata
    # Some put the licence's whole text where its name belongs: the first line is the name.
    stated = (about.get("License-Expression") or "", (about.get("License") or "").strip().partition("\n")[0])
    classified = [line for line in about.get_all("Classifier") or () if line.startswith("License")]
    return " ".join([*stated, *classified]).strip() or _licence_file(found)


def _licence_file(found: Distribution) -> str:
    """How the licence begins that lies beside metadata which name none."""
    files = [file for file in found.files or () if "licenses" in file.parts]
    return " ".join(file.read_text().strip().partition("\n")[0] for file in files)
