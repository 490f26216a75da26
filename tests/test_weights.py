"""Everything that is loaded of a model package is pinned, and none of its code runs."""

import shutil
from pathlib import Path

import pytest

from coachlake.models import fingerprint as fingerprints
from coachlake.models import weights
from coachlake.models.fingerprint import fingerprint
from coachlake.models.profiles import _document, load_profile, load_weight
from coachlake.models.weights import WeightsError, used_sha256, verified_weight

_WITH_MORE = [name for name, about in _document()["weights"].items() if about.get("used")]


@pytest.mark.parametrize("name", [name for name in _WITH_MORE if name != "whisper-base"])
def test_what_is_loaded_with_a_weight_is_the_pinned(name: str) -> None:
    assert verified_weight(name).exists()


@pytest.mark.parametrize("name", ["whisper-tiny-en", "spacy-en"])
def test_a_changed_companion_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weight = load_weight(name)
    folder = verified_weight(name).parent
    copy = tmp_path / "model"
    shutil.copytree(folder, copy)
    monkeypatch.setattr(weights, "_file_in_package", lambda *_: copy / folder.joinpath(weight.file or "").name)
    verified_weight.cache_clear()
    assert verified_weight(name).parent == copy
    changed = next(path for path in sorted(copy.rglob("*.json")) if path.is_file())
    changed.write_text(changed.read_text() + " ")
    verified_weight.cache_clear()
    with pytest.raises(WeightsError, match="loaded with it"):
        verified_weight(name)
    verified_weight.cache_clear()


def test_an_added_and_a_missing_file_change_the_hash(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("1")
    whole = used_sha256(tmp_path, ["."])
    (tmp_path / "b.json").write_text("2")
    assert used_sha256(tmp_path, ["."]) != whole
    assert used_sha256(tmp_path, ["a.json", "c.json"]) != used_sha256(tmp_path, ["a.json"])


def test_another_tokenizer_is_another_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(load_profile("embedded"))
    changed = load_weight("minilm").model_copy(update={"used_sha256": "0" * 64})
    real = load_weight
    monkeypatch.setattr(fingerprints, "load_weight", lambda name: changed if name == "minilm" else real(name))
    assert fingerprint(load_profile("embedded")) != before
