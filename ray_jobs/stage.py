"""The staging area: finished work per call, on storage every worker can reach.

Each piece of work is one file named by the hash of all it depends on, written whole or not at all. A night that was
killed therefore resumes where it stopped: finished files are found again, half-written ones never are.
"""

import json
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from coachlake.conversations.conversation import Conversation, Turn, Voice, Word
from coachlake.files import write_whole
from coachlake.lake.rows import Rows, to_tables
from coachlake.lake.tables import PER_CALL_TABLES, RAW_TABLES
from coachlake.language.vectors import from_parquet, to_parquet

STAGED_CALL = pa.schema([(name, pa.list_(pa.struct(list(RAW_TABLES[name])))) for name in PER_CALL_TABLES])


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
        """Whether that piece of work is finished."""
        return bool(self._filesystem.exists(self.path(kind, key, suffix)))

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError where there is none."""
        with self._filesystem.open(path, "rb") as file:
            content: bytes = file.read()
        return content

    def write(self, path: str, content: bytes) -> None:
        """Write a whole file or none: readers never see a part of it (an object store's put is whole by itself)."""
        if self._is_local:
            write_whole(Path(path), content)
        else:
            self._filesystem.pipe_file(path, content)

    def count_attempt(self, key: str) -> int:
        """Note that work on `key` starts; how often it has started before without finishing."""
        path = self.path("attempts", key, "txt")
        before = int(self.read(path)) if self._filesystem.exists(path) else 0
        self.write(path, str(before + 1).encode())
        return before

    def clear_attempts(self, key: str) -> None:
        """Work on `key` came to an end, good or bad."""
        path = self.path("attempts", key, "txt")
        if self._filesystem.exists(path):
            self._filesystem.rm(path)


def save_conversation(stage: Stage, key: str, conversation: Conversation) -> None:
    """Keep a transcribed conversation under its key."""
    stage.write(stage.path("transcripts", key, "json"), json.dumps(asdict(conversation)).encode())


def load_conversation(stage: Stage, key: str, call_id: str) -> Conversation:
    """A transcribed conversation, under the given call_id: the same recording may come in again under another."""
    raw: dict[str, Any] = json.loads(stage.read(stage.path("transcripts", key, "json")))
    turns = tuple(_turn(row) for row in raw["turns"])
    return Conversation(call_id, turns, raw["duration_s"], raw["is_timed"], tuple(raw["notes"]))


def save_embeddings(stage: Stage, key: str, vectors: dict[str, NDArray[np.float32]]) -> None:
    """Keep sentence → vector (length: the encoder's dimension) beside the conversation they come from."""
    stage.write(stage.path("embeddings", key, "parquet"), to_parquet(vectors))


def load_embeddings(stage: Stage, key: str) -> dict[str, NDArray[np.float32]]:
    """Sentence → vector kept before, or nothing."""
    if not stage.exists("embeddings", key, "parquet"):
        return {}
    return from_parquet(stage.read(stage.path("embeddings", key, "parquet")))


def save_judged(stage: Stage, key: str, rows: Rows) -> str:
    """Keep a call's rows of all raw tables as one nested Parquet row; the address DuckDB reads it from."""
    nested = {name: [table.to_pylist()] for name, table in to_tables(rows).items()}
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pydict(nested, schema=STAGED_CALL), sink, compression="zstd")
    stage.write(stage.path("judged", key, "parquet"), sink.getvalue().to_pybytes())
    return stage.url("judged", key, "parquet")


def _turn(row: dict[str, Any]) -> Turn:
    words = tuple(Word(**word) for word in row.pop("words"))
    voice = row.pop("voice")
    return Turn(**row, words=words, voice=Voice(**voice) if voice else None)
