"""NOTICE names every weight with the licence the profiles pin it under, and no library with another licence is missed."""

import re
from importlib.metadata import Distribution, distributions

import pytest

from coachlake.models.profiles import _document, load_weight
from coachlake.settings import REPOSITORY

_NOTICE = (REPOSITORY / "NOTICE").read_text(encoding="utf-8")
# Licences, as packages write them, that ask for more than to be named.
_ASKS_MORE = re.compile(r"\b(?:A|L)?GPL|MPL|Mozilla|EUPL|CDDL|EPL|CC-BY|non-?commercial|proprietary", re.IGNORECASE)


@pytest.mark.parametrize("name", _document()["weights"])
def test_every_weight_is_named_with_its_licence_and_package(name: str) -> None:
    weight = load_weight(name)
    assert re.search(rf"^{re.escape(name)} +{re.escape(weight.licence)} .*{re.escape(weight.package)}", _NOTICE, re.M)


def test_libraries_that_ask_for_more_are_named() -> None:
    asking = {found.name for found in distributions() if _ASKS_MORE.search(_licence(found))}
    assert sorted(name for name in asking if not re.search(rf"\b{re.escape(name)}\b", _NOTICE)) == []


def _licence(found: Distribution) -> str:
    about = found.metadata
    # Some put the licence's whole text where its name belongs: the first line is the name.
    stated = (about.get("License-Expression") or "", (about.get("License") or "").strip().partition("\n")[0])
    return " ".join([*stated, *(line for line in about.get_all("Classifier") or () if line.startswith("License"))])
