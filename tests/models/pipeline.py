"""A diarization pipeline in the layout of the hub's, made of the packaged models: its numbers mean nothing."""

import io

import numpy as np

from coachlake.models.weights import verified_weight
from coachlake.speech.campplus import campplus_onnx

_VOICE, _REDUCED = 192, 128  # dimensions of CAM++ and of what is clustered
_CONFIG = """
pipeline:
  name: pyannote.audio.pipelines.SpeakerDiarization
  params:
    clustering: VBxClustering
    segmentation: $model/segmentation
    segmentation_batch_size: 4
    embedding: {embedding}
    embedding_batch_size: 4
    embedding_exclude_overlap: true
    plda: $model/plda
params:
  clustering: {{threshold: 0.6, Fa: 0.07, Fb: 0.8}}
  segmentation: {{min_duration_off: 0.0}}
"""


def pipeline_files() -> dict[str, bytes]:
    """Its files; the embedding is this machine's own, since pyannote takes an ONNX model by its path alone."""
    rng = np.random.default_rng(0)
    whitening = {"mean1": np.zeros(_VOICE), "mean2": np.zeros(_REDUCED), "lda": rng.normal(size=(_VOICE, _REDUCED))}
    plda = {"mu": np.zeros(_REDUCED), "tr": np.eye(_REDUCED), "psi": np.linspace(10.0, 0.1, _REDUCED)}
    return {
        "config.yaml": _CONFIG.format(embedding=campplus_onnx()).encode(),
        "segmentation/pytorch_model.bin": verified_weight("segmentation-3.0").read_bytes(),
        "plda/xvec_transform.npz": _npz(whitening),
        "plda/plda.npz": _npz(plda),
    }


def _npz(arrays: dict[str, np.ndarray]) -> bytes:
    sink = io.BytesIO()
    np.savez(sink, **arrays)
    return sink.getvalue()
