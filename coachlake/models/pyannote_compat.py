"""Makes pyannote.audio importable and loadable beside a CPU build of torch."""

import os
import sys
import types
import warnings


def prepare_pyannote() -> None:
    """Call before the first import of pyannote.audio or transformers' audio code, in every process.

    PyPI's torchaudio is linked against CUDA and fails to load beside a CPU torch, though only its pure Python
    part is used: its extension module is replaced by an empty one then. Telemetry and hub access are turned off.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # Audio reaches pyannote as arrays; its warning that torchcodec cannot load concerns decoding only.
    warnings.filterwarnings("ignore", message="[\\s\\S]*torchcodec", module="pyannote")
    import torch

    if torch.version.cuda is not None or "torchaudio._extension" in sys.modules:
        return
    stub = types.ModuleType("torchaudio._extension")
    stub._IS_TORCHAUDIO_EXT_AVAILABLE = False  # type: ignore[attr-defined]
    stub._IS_ALIGN_AVAILABLE = False  # type: ignore[attr-defined]
    stub.fail_if_no_align = lambda function: function  # type: ignore[attr-defined]
    stub._check_cuda_version = lambda: None  # type: ignore[attr-defined]
    sys.modules["torchaudio._extension"] = stub
