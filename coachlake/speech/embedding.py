"""Voices as vectors: CAM++ on Kaldi's log mel filter bank, in numpy and ONNX alone (no torch to be loaded)."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.timings import timed

# Kaldi's defaults (feat/feature-fbank.h), as CAM++ was trained: 25 ms Hamming windows every 10 ms, 80 bands from 20 Hz.
_WINDOW, _HOP, _FFT, _BANDS, _LOW_HZ, _PREEMPHASIS = 400, 160, 512, 80, 20.0, 0.97
_INT16 = 32768.0


class VoiceEmbedder:
    """CAM++ speaker embeddings; the model is loaded when first used."""

    def __call__(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Unit vector (192) of one person's speech (float32, samples at 16 kHz, 0.5 s at least, better 2)."""
        features = log_mel(samples)
        features -= features.mean(axis=0)
        (vector,) = self._session.run(["embs"], {"feats": features[None].astype(np.float32)})[0]
        unit: NDArray[np.float32] = vector / max(float(np.linalg.norm(vector)), 1e-9)
        return unit

    @cached_property
    @timed("load_models")
    def _session(self) -> Any:
        import onnxruntime

        from coachlake.speech.campplus import campplus_onnx

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(str(campplus_onnx()), options, providers=["CPUExecutionProvider"])


def log_mel(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Log mel energies, frames × 80."""
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64) * _INT16, _WINDOW)[::_HOP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    windowed = (frames - _PREEMPHASIS * before) * np.hamming(_WINDOW)
    power = np.abs(np.fft.rfft(windowed, _FFT, axis=1)) ** 2
    energies: NDArray[np.float64] = np.log(np.maximum(power @ _FILTERS, np.finfo(np.float32).eps))
    return energies


def _mel(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1127.0 * np.log(1.0 + hz / 700.0)


def _filters() -> NDArray[np.float64]:
    """Triangles in mel, bins × bands."""
    low, high = _mel(np.array([_LOW_HZ, SAMPLE_RATE_HZ / 2]))
    edges = np.linspace(float(low), float(high), _BANDS + 2)
    mel = _mel(np.arange(_FFT // 2 + 1) * SAMPLE_RATE_HZ / _FFT)[:, None]
    rising = (mel - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - mel) / (edges[2:] - edges[1:-1])
    triangles: NDArray[np.float64] = np.maximum(0.0, np.minimum(rising, falling))
    return triangles


_FILTERS = _filters()
