"""A diarization pipeline in the layout of the hub's, its voices told by weights at random: its numbers mean nothing."""

import io

import numpy as np
import torch

from coachlake.models.pyannote_compat import prepare_pyannote
from coachlake.models.weights import verified_weight

_VOICE, _REDUCED = 256, 128  # dimensions of WeSpeaker's voices and of what is clustered
_CONFIG = """
pipeline:
  name: pyannote.audio.pipelines.SpeakerDiarization
  params:
    clustering: VBxClustering
    segmentation: $model/segmentation
    segmentation_batch_size: 4
    embedding: $model/embedding
    embedding_batch_size: 4
    embedding_exclude_overlap: true
    plda: $model/plda
params:
  clustering: {threshold: 0.6, Fa: 0.07, Fb: 0.8}
  segmentation: {min_duration_off: 0.0}
"""


def pipeline_files() -> dict[str, bytes]:
    """Its files, by their paths below the folder."""
    rng = np.random.default_rng(0)
    whitening = {"mean1": np.zeros(_VOICE), "mean2": np.zeros(_REDUCED), "lda": rng.normal(size=(_VOICE, _REDUCED))}
    plda = {"mu": np.zeros(_REDUCED), "tr": np.eye(_REDUCED), "psi": np.linspace(10.0, 0.1, _REDUCED)}
    return {
        "config.yaml": _CONFIG.encode(),
        "embedding/pytorch_model.bin": _voices(),
        "segmentation/pytorch_model.bin": verified_weight("segmentation-3.0").read_bytes(),
        "plda/xvec_transform.npz": _npz(whitening),
        "plda/plda.npz": _npz(plda),
    }


def _voices() -> bytes:
    """A checkpoint as pyannote makes it of WeSpeaker's weights (its models/embedding/wespeaker/convert.py)."""
    prepare_pyannote()
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from pyannote.audio.models.embedding import WeSpeakerResNet34

    torch.manual_seed(1)
    model = WeSpeakerResNet34()
    model.specifications = Specifications(problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=5.0)
    checkpoint = {"state_dict": model.state_dict(), "pytorch-lightning_version": "2.0.0"}
    model.on_save_checkpoint(checkpoint)
    sink = io.BytesIO()
    torch.save(checkpoint, sink)
    return sink.getvalue()


def _npz(arrays: dict[str, np.ndarray]) -> bytes:
    sink = io.BytesIO()
    np.savez(sink, **arrays)  # type: ignore[arg-type]
    return sink.getvalue()
