"""No checkpoint runs anything: a pickle with a payload under a model's name is refused, not run."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile
import torch

from coachlake.models.pyannote_compat import prepare_pyannote
from coachlake.models.weights import verified_weight
from coachlake.settings import REPOSITORY
from coachlake.speech.campplus import _export
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.segmentation import segmentation_model
from tests.security.payload import legacy, planted
from tests.spoken import SpokenCall, spoken_call

__all__ = ["spoken_call"]

# Python tells an audit hook of every class or function that an unpickler looks up; the first one shows that it does.
_WATCHED = """
import pickle, sys
seen = []
sys.addaudithook(lambda event, args: seen.append(args) if event == "pickle.find_class" else None)
pickle.loads(pickle.dumps(sys.exit))
is_watched = bool(seen)
seen.clear()
import coachlake
card = coachlake.score(coachlake.read_recording(sys.argv[1]), "insurance_service")
print(is_watched and bool(card.scores), seen)
"""


@pytest.mark.parametrize("save", [torch.save, legacy])
def test_a_planted_checkpoint_does_not_run(tmp_path: Path, save: Callable[[Any, Path], None]) -> None:
    prepare_pyannote()
    mark, checkpoint = tmp_path / "ran", tmp_path / "pytorch_model.bin"
    planted(checkpoint, mark, save)
    for load in (segmentation_model, lambda path: _export(path, tmp_path / "campplus.onnx")):
        with pytest.raises(pickle.UnpicklingError):
            load(checkpoint)
        assert not mark.exists()


def test_the_model_is_what_pyannote_makes_of_the_checkpoint() -> None:
    prepare_pyannote()
    from pyannote.audio import Model

    checkpoint = verified_weight("segmentation-3.0")
    ours, theirs = segmentation_model(checkpoint).eval(), Model.from_pretrained(checkpoint).eval()
    sound = torch.randn(1, 1, 160_000, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        assert torch.equal(ours(sound), theirs(sound))
    assert ours.specifications == theirs.specifications


def test_a_checkpoint_of_another_kind_is_named(tmp_path: Path) -> None:
    prepare_pyannote()
    torch.save({"pyannote.audio": {"architecture": {"class": "SSeRiouSS"}}}, tmp_path / "other.bin")
    with pytest.raises(ValueError, match="holds a SSeRiouSS"):
        segmentation_model(tmp_path / "other.bin")


def test_hearing_and_scoring_a_call_unpickles_nothing(spoken_call: SpokenCall, tmp_path: Path) -> None:
    mixed = tmp_path / "mono.wav"
    soundfile.write(mixed, spoken_call.samples.mean(axis=0), SAMPLE_RATE_HZ)
    environ = os.environ | {"COACHLAKE_CACHE": str(tmp_path / "cache"), "COACHLAKE_MODEL_PROFILE": "fast"}
    watched = [sys.executable, "-W", "ignore", "-c", _WATCHED, str(mixed)]
    done = subprocess.run(watched, env=environ, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["True []"], done.stderr
