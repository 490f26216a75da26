"""Made-up files for every parser: each must read them or say in its own words why not, and never end otherwise.

Hypothesis makes them, from nothing and by spoiling real ones, and shrinks what fails to the smallest file that does.
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coachlake.conversations.transcript import UnreadableTranscriptError
from coachlake.conversations.transcripts.read import read_transcript
from coachlake.landing.call_times import CallTimeError, call_time
from coachlake.landing.facts import CallFactsError, read_facts
from coachlake.landing.feeds import FeedError, read_outcomes, read_reviews
from coachlake.landing.tables import TableError, read_table
from coachlake.rubrics.document import RubricError
from coachlake.rubrics.load import load_rubric
from coachlake.settings import REPOSITORY
from evaluation.faults.outcome import Outcome
from evaluation.gauntlet.build import FORMATS

KIND = "made-up files"
_FACT_COLUMNS = ("file", "rep_id", "team_id", "queue", "started_at", "channel_layout", "call_id", "csat", "direction",
                 "is_converted", "is_withdrawn", "rep_hired_on", "rep_name", "rubric_id")  # fmt: skip
_TELLING = ("2026-11-19T10:00:00Z", "05/11/2026", "1795082400", "a.wav", "../a", "rep_left", "nan", '"', "\n", "\0",
            "\ud800", ",", "5", "yes")  # fmt: skip
_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=30),
    st.sampled_from(_TELLING),
)  # fmt: skip
_JSON = st.recursive(
    _VALUES,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)
_PIECES = (b"null", b"-1", b"1e999", b"NaN", b"[]", b"{}", b'"', b"\n", b":", b"\xff", b"\\ud800", b"99:99")
_Check = Callable[[Path], None]
_Property = Callable[[], None]


def fuzz(examples: int) -> Iterator[Outcome]:
    """`examples` files for each parser; an outcome a parser, raw with the smallest file that broke it."""
    with tempfile.TemporaryDirectory(prefix="coachlake-fuzz-") as folder:
        for name, check in _checks(Path(folder)).items():
            try:
                settings(
                    max_examples=examples, deadline=None, database=None, derandomize=True,
                    phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck),
                )(check)()  # fmt: skip
            except Exception as error:  # what is looked for
                yield Outcome(KIND, name, "raw", f"{type(error).__name__}: {error}"[:500])
            else:
                yield Outcome(KIND, name, "right")


def _checks(folder: Path) -> dict[str, _Property]:
    transcripts = sorted(file for file in FORMATS.iterdir() if file.suffix != ".py" and file.is_file())
    rubric = REPOSITORY / "rubrics" / "insurance_service.yaml"
    found = {
        f"transcript, {file.name} spoilt": _spoilt(folder, file, _transcript) for file in transcripts
    }  # fmt: skip
    found |= {
        "transcript, any JSON": _json(folder, "any.json", _JSON, _transcript),
        "transcript, own format": _json(folder, "own.json", _own_documents(), _transcript),
        "transcript, any text": _text(folder, "any.txt", _transcript),
        "transcript, any captions": _text(folder, "any.vtt", _transcript),
        "transcript, any bytes": _bytes(folder, "bytes.txt", _transcript),
        "call facts, rows of JSON": _json(folder, "calls.json", _rows(), _facts),
        "call facts, any JSON": _json(folder, "calls.json", _JSON, _facts),
        "call facts, CSV": _csv(folder, "calls.csv", _FACT_COLUMNS, _facts),
        "call facts, any bytes": _bytes(folder, "calls.csv", _facts),
        "call facts, Parquet": _bytes(folder, "calls.parquet", _facts),
        "table, any text": _text(folder, "table.csv", _table),
        "outcomes": _csv(folder, "outcomes.csv", ("call_id", "csat", "is_converted", "received_at"), _outcomes),
        "reviews": _csv(folder, "reviews.csv", ("review_id", "call_id", "criterion_id", "reviewer_id", "level", "score",
                                                "note", "is_dispute", "reviewed_at"), _reviews),
        "rubric spoilt": _spoilt(folder, rubric, _rubric),
        "rubric, any text": _text(folder, "any.yaml", _rubric),
        "rubric, any JSON": _json(folder, "any.yaml", _JSON, _rubric),
        "time of a call": _time(),
    }  # fmt: skip
    return found


def _transcript(path: Path) -> None:
    try:
        transcript = read_transcript(path)
    except UnreadableTranscriptError:
        return
    assert transcript.segments
    for segment in transcript.segments:
        assert 0 <= segment.start_s <= segment.end_s < float("inf"), segment
        segment.text.encode()


def _facts(path: Path) -> None:
    try:
        rows = read_facts(path)
    except CallFactsError:
        return
    for row in rows:
        assert row.problem or (row.values["started_at"] and row.values["file"])
        row.values["call_id"].encode()


def _table(path: Path) -> None:
    try:
        read_table(path)
    except TableError:
        return


def _outcomes(path: Path) -> None:
    try:
        feed = read_outcomes(path)
    except FeedError:
        return
    assert all(row["csat"] is None or 1 <= row["csat"] <= 5 for row in feed.table.to_pylist())


def _reviews(path: Path) -> None:
    try:
        feed = read_reviews(path)
    except FeedError:
        return
    ids = feed.table.column("review_id").to_pylist()
    assert len(set(ids)) == len(ids)


def _rubric(path: Path) -> None:
    try:
        load_rubric(path)
    except RubricError:
        return


def _spoilt(folder: Path, file: Path, check: _Check) -> _Property:
    """A real file with pieces taken out, doubled, or written over."""
    content = file.read_bytes()
    target = folder / f"spoilt{file.suffix}"
    place = st.integers(0, max(1, len(content) - 1))
    pieces = st.one_of(
        st.binary(max_size=6),
        st.sampled_from(
            [b"null", b"-1", b"1e999", b"NaN", b"[]", b"{}", b'"', b"\n", b":", b"\xff", b"\\ud800", b"99:99"]
        ),
    )

    @given(st.lists(st.tuples(place, st.integers(0, 40), pieces), min_size=1, max_size=4))
    def spoil(changes: list[tuple[int, int, bytes]]) -> None:
        spoilt = content
        for at, length, piece in changes:
            spoilt = spoilt[:at] + piece + spoilt[at + length :]
        target.write_bytes(spoilt)
        check(target)

    return spoil


def _json(
    folder: Path, name: str, documents: st.SearchStrategy[Any], check: Callable[[Path], None]
) -> Callable[[], None]:
    @given(documents)
    def written(document: Any) -> None:
        (folder / name).write_text(json.dumps(document), encoding="utf-8")
        check(folder / name)

    return written


def _text(folder: Path, name: str, check: _Check) -> _Property:
    signs = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(' \n\t,:;"{}[]<>-0123456789')))

    @given(signs)
    def written(text: str) -> None:
        start = "WEBVTT\n\n" if name.endswith(".vtt") else ""
        (folder / name).write_text(start + text, encoding="utf-8")
        check(folder / name)

    return written


def _bytes(folder: Path, name: str, check: _Check) -> _Property:
    @given(st.binary(max_size=400))
    def written(content: bytes) -> None:
        (folder / name).write_bytes(content)
        check(folder / name)

    return written


def _csv(folder: Path, name: str, columns: tuple[str, ...], check: _Check) -> _Property:
    cell = _VALUES.map(lambda value: "" if value is None else str(value).encode("utf-8", "replace").decode())

    @given(st.lists(st.lists(cell, max_size=len(columns) + 2), max_size=5))
    def written(rows: list[list[str]]) -> None:
        text = "\n".join([",".join(columns), *(",".join(row) for row in rows)])
        (folder / name).write_text(text, encoding="utf-8")
        check(folder / name)

    return written


def _rows() -> st.SearchStrategy[Any]:
    return st.lists(st.dictionaries(st.sampled_from(_FACT_COLUMNS), _JSON, min_size=6), min_size=1, max_size=4)


def _own_documents() -> st.SearchStrategy[Any]:
    word = st.fixed_dictionaries({"text": st.text(max_size=5)}, optional={"start_s": st.floats(), "end_s": st.floats()})
    seconds = _VALUES | st.floats(-10, 1e6)
    turn = st.fixed_dictionaries(
        {"speaker": st.sampled_from(["rep", "customer", "other"]), "text": st.text(max_size=40)},
        optional={"start_s": seconds, "end_s": seconds, "name": st.text(max_size=5), "words": st.lists(word)},
    )
    return st.fixed_dictionaries(
        {"format": st.just("coachlake.transcript/1"), "turns": st.lists(turn, max_size=6)},
        optional={"duration_s": _VALUES, "is_timed": st.booleans(), "language": _VALUES},
    )


def _time() -> _Property:
    @given(_JSON | st.datetimes() | st.text(st.sampled_from("0123456789-/:.TZ +APM"), max_size=30))
    def read(value: Any) -> None:
        try:
            at = call_time(value)
        except CallTimeError:
            return
        assert at.tzinfo is not None

    return read
