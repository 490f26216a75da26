"""No file of a fetched diarization pipeline runs anything: no checkpoint, no array, no name."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from coachlake.models.pyannote_compat import prepare_pyannote
from coachlake.models.weights import WeightsError
from coachlake.speech.hub_diarizer import hub_pipeline
from tests.models.pipeline import pipeline_files
from tests.security.payload import Payload, legacy, planted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole pipeline as it lies after it was fetched."""
    prepare_pyannote()
    for name, content in pipeline_files().items():
        path = tmp_path / "model" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "model"


@pytest.mark.parametrize("save", [torch.save, legacy])
@pytest.mark.parametrize("part", ["segmentation", "embedding"])
def test_a_planted_checkpoint_does_not_run(
    folder: Path, tmp_path: Path, part: str, save: Callable[[Any, Path], None]
) -> None:
    mark = tmp_path / "ran"
    planted(folder / part / "pytorch_model.bin", mark, save)
    with pytest.raises(pickle.UnpicklingError):
        hub_pipeline(folder)
    assert not mark.exists()


def test_planted_arrays_do_not_run(folder: Path, tmp_path: Path) -> None:
    mark, path = tmp_path / "ran", folder / "plda" / "plda.npz"
    np.savez(path, mu=np.array([Payload(mark)], dtype=object), tr=np.eye(128), psi=np.ones(128))
    with pytest.raises(ValueError, match="allow_pickle"):
        hub_pipeline(folder)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("instead", "of", "place"),
    [
        ("name: os.system", "name: pyannote.audio.pipelines.SpeakerDiarization", "pipeline.name"),
        ("segmentation: /tmp/other", "segmentation: $model/segmentation", "pipeline.params.segmentation"),
        ("embedding: someone/model", "embedding: $model/embedding", "pipeline.params.embedding"),
        ("preprocessors: {audio: {name: os.system}}\nparams:", "\nparams:", "preprocessors"),
    ],
)
def test_its_configuration_chooses_no_code_and_no_other_place(folder: Path, instead: str, of: str, place: str) -> None:
    config = folder / "config.yaml"
    text = config.read_text()
    head, _, tail = text.rpartition(of)
    config.write_text(f"{head}\n{instead}{tail}" if of.startswith("\n") else text.replace(of, instead))
    with pytest.raises(WeightsError, match=place):
        hub_pipeline(folder)


def test_the_voices_are_what_pyannote_makes_of_the_checkpoint(folder: Path) -> None:
    from pyannote.audio import Model

    ours = hub_pipeline(folder)._embedding.model_.eval()
    theirs = Model.from_pretrained(folder / "embedding" / "pytorch_model.bin").eval()
    sound = torch.randn(1, 1, 32_000, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        assert torch.equal(ours(sound), theirs(sound))
