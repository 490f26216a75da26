"""The staging area: finished work per call, on storage every worker can reach.

Each piece of work is one file named by the hash of all it depends on, written whole or not at all. A night that was
killed therefore resumes where it stopped: finished files are found again, half-written ones never are.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from coachlake.conversations.conversation import Voice, Word
from coachlake.conversations.transcript import Participant, Segment, Transcript
from coachlake.files import write_whole
from coachlake.lake.rows import Rows, to_tables
from coachlake.lake.tables import PER_CALL_TABLES, RAW_TABLES
from coachlake.language.vectors import from_parquet, to_parquet
from coachlake.timings import Timing

STAGED_CALL = pa.schema([(name, pa.list_(pa.struct(list(RAW_TABLES[name])))) for name in PER_CALL_TABLES])


_HASH_SUFFIX = ".sha256"


class Stage:
    """Files under one folder or URI (`/path`, `s3://bucket/prefix`), grouped by kind of work."""

    def __init__(self, root: str) -> None:
        self._filesystem, path = fsspec.core.url_to_fs(root)
        self._root = PurePosixPath(path)
        self._is_local = "file" in self._filesystem.protocol

    def path(self, kind: str, key: str, suffix: str) -> str:
        """Where the piece of work `key` of a `kind` is or will be."""
        return str(self._root / kind / key[:2] / f"{key}.{suffix}")

    def url(self, kind: str, key: str, suffix: str) -> str:
        """The same place as an address DuckDB can read."""
        path = self.path(kind, key, suffix)
        return path if self._is_local else self._filesystem.unstrip_protocol(path)

    def exists(self, kind: str, key: str, suffix: str) -> bool:
        """Whether that piece of work is finished, and its bytes are those that were written."""
        return self.finished(kind, key, suffix) is not None

    def finished(self, kind: str, key: str, suffix: str) -> bytes | None:
        """The bytes of a finished piece of work; None where there is none, or they are not those that were written."""
        path = self.path(kind, key, suffix)
        if not self.exists_at(path):
            return None
        content = self.read(path)
        if not self.exists_at(path + _HASH_SUFFIX):  # staged by a version that kept no hashes
            return content
        return content if self.read(path + _HASH_SUFFIX) == _sha256(content) else None

    def exists_at(self, path: str) -> bool:
        """Whether there is such a file."""
        return bool(self._filesystem.exists(path))

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError where there is none."""
        with self._filesystem.open(path, "rb") as file:
            content: bytes = file.read()
        return content

    def keep(self, path: str, content: bytes) -> None:
        """Write finished work, and its hash beside it: first, so that no crash leaves work that nobody can check."""
        self.write(path + _HASH_SUFFIX, _sha256(content))
        self.write(path, content)

    def write(self, path: str, content: bytes) -> None:
        """Write a whole file or none: readers never see a part of it (an object store's put is whole by itself)."""
        if self._is_local:
            write_whole(Path(path), content)
        else:
            self._filesystem.pipe_file(path, content)

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        if self._filesystem.exists(path):
            self._filesystem.rm(path)


def save_transcript(stage: Stage, key: str, transcript: Transcript) -> None:
    """Keep a transcript under its key."""
    stage.keep(stage.path("transcripts", key, "json"), json.dumps(asdict(transcript)).encode())


def load_transcript(stage: Stage, key: str) -> Transcript:
    """The transcript kept under a key. Raises FileNotFoundError where there is none."""
    raw: dict[str, Any] = json.loads(stage.read(stage.path("transcripts", key, "json")))
    segments = tuple(_segment(row) for row in raw.pop("segments"))
    participants = tuple(Participant(**row) for row in raw.pop("participants"))
    return Transcript(**raw | {"segments": segments, "participants": participants, "notes": tuple(raw["notes"])})


def save_timings(stage: Stage, key: str, timings: Sequence[Timing]) -> None:
    """Keep what hearing a call took beside its transcript: who judges it again does not hear it again."""
    stage.keep(stage.path("timings", key, "json"), json.dumps([asdict(timing) for timing in timings]).encode())


def load_timings(stage: Stage, key: str) -> list[Timing]:
    """What hearing took when it was last done, or nothing."""
    content = stage.finished("timings", key, "json")
    return [Timing(**row) for row in json.loads(content)] if content is not None else []


def save_embeddings(stage: Stage, key: str, vectors: dict[str, NDArray[np.float32]]) -> None:
    """Keep sentence → vector (length: the encoder's dimension) beside the conversation they come from."""
    stage.keep(stage.path("embeddings", key, "parquet"), to_parquet(vectors))


def load_embeddings(stage: Stage, key: str) -> dict[str, NDArray[np.float32]]:
    """Sentence → vector kept before, or nothing."""
    content = stage.finished("embeddings", key, "parquet")
    return from_parquet(content) if content is not None else {}


def save_scored(stage: Stage, key: str, rows: Rows) -> str:
    """Keep a call's rows of all raw tables as one nested Parquet row; the address DuckDB reads it from."""
    nested = {name: [table.to_pylist()] for name, table in to_tables(rows).items()}
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pydict(nested, schema=STAGED_CALL), sink, compression="zstd")
    stage.keep(stage.path("scored", key, "parquet"), sink.getvalue().to_pybytes())
    return stage.url("scored", key, "parquet")


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _segment(row: dict[str, Any]) -> Segment:
    words = tuple(Word(**word) for word in row.pop("words"))
    voice = row.pop("voice")
    return Segment(**row, words=words, voice=Voice(**voice) if voice else None)
