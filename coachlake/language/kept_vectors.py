"""Vectors of what people wrote (examples, anchors) on disk: every worker fits its heads on them, one computes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyarrow import ArrowInvalid

from coachlake.files import write_whole
from coachlake.language.encoder import MiniLmEncoder
from coachlake.language.vectors import from_parquet, to_parquet
from coachlake.models.folders import cache_folder


@contextmanager
def kept_vectors(encoder: MiniLmEncoder) -> Iterator[None]:
    """Inside, vectors of earlier runs are known; new ones are kept for later ones.

    Afterwards the encoder knows what it knew before: heads hold what they need, a call keeps only its own sentences.
    """
    known_before = encoder.forget_all()
    path = cache_folder() / "vectors" / f"{encoder.fingerprint}.parquet"
    kept = _read(path)
    encoder.remember(kept)
    try:
        yield
        now_known = encoder.forget_all()
        if now_known.keys() - kept.keys():
            write_whole(path, to_parquet(now_known))
    finally:
        encoder.forget_all()
        encoder.remember(known_before)


def _read(path: Path) -> dict[str, NDArray[np.float32]]:
    try:
        return from_parquet(path.read_bytes())
    except (FileNotFoundError, ArrowInvalid):  # none yet, or not a whole file: computed again
        return {}
