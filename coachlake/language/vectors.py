"""Sentence vectors as Parquet: one row a sentence, `text` and `vector` (float32 × the encoder's dimension)."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray


def to_parquet(vectors: Mapping[str, NDArray[np.float32]]) -> bytes:
    """Sentence → vector as the bytes of a file."""
    matrix = np.stack(list(vectors.values())) if vectors else np.zeros((0, 1), np.float32)
    rows = pa.FixedSizeListArray.from_arrays(pa.array(matrix.ravel()), matrix.shape[1])
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": list(vectors), "vector": rows}), sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def from_parquet(content: bytes) -> dict[str, NDArray[np.float32]]:
    """The vectors of such a file. Raises pyarrow.ArrowInvalid where the bytes are none."""
    table = pq.read_table(pa.BufferReader(content))
    width = table.schema.field("vector").type.list_size
    matrix = table.column("vector").combine_chunks().values.to_numpy(zero_copy_only=False).reshape(-1, width)
    return dict(zip(table.column("text").to_pylist(), matrix, strict=True))
