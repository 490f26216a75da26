"""Whatever a file holds, a reader gives a sound Transcript or a reason in words: bytes at random, fixtures damaged."""

import json
import math
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.decode import decoded
from coachlake.conversations.transcripts.read import TRANSCRIPT_SUFFIXES, transcript_of
from coachlake.settings import REPOSITORY

FIXTURES = sorted((REPOSITORY / "evaluation" / "gauntlet" / "formats").iterdir())
DOCUMENTS = [json.loads(path.read_text(encoding="utf-8")) for path in FIXTURES if path.suffix == ".json"]
TEXTS = [path.read_text(encoding="utf-8") for path in FIXTURES if path.suffix != ".json"]
_quick = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

ODD: list[Any] = [None, True, -1, 0, 1e300, -1e300, math.nan, math.inf, 10**400, "", "x", "NaN", "1e999", "0:00"]
ODD += [[], {}, [[]], [None], {"": None}, ["x"], [{}], "\ud800", "\x00", "Mona", "2026-13-45T99:00:00", "٣"]


def _check(text: str, suffix: str) -> None:
    try:
        _is_sound(transcript_of(text, suffix))
    except UnreadableTranscriptError as error:
        reason = str(error)
    else:
        return
    assert 5 < len(reason) < 1500
    assert not any(word in reason for word in ("Error", "Traceback", "NoneType", "object at", "pydantic"))


def _is_sound(call: Transcript) -> None:
    assert call.segments
    assert {segment.speaker for segment in call.segments} == {person.label for person in call.participants}
    starts = [segment.start_s for segment in call.segments]
    assert starts == sorted(starts)
    for segment in call.segments:
        assert segment.text.strip()
        assert 0 <= segment.start_s <= segment.end_s < math.inf
        assert all(math.isfinite(word.start_s) and word.start_s <= word.end_s for word in segment.words)
        assert len(segment.words) in (0, len(segment.text.split()))


@settings(_quick, max_examples=150)
@given(raw=st.binary(max_size=300), suffix=st.sampled_from(TRANSCRIPT_SUFFIXES))
def test_any_bytes(raw: bytes, suffix: str) -> None:
    try:
        text, _ = decoded(raw)
    except UnreadableTranscriptError:
        return
    _check(text, suffix)


@settings(_quick, max_examples=250)
@given(data=st.data())
def test_damaged_text(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 60)))
        put = data.draw(
            st.sampled_from(
                ["", "\n", "\n\n", ":", "-->", "<v ", ">", '"', ",", "99:99", "\x00", "：", "((", "NaN", "\ufeff"]
            )
        )
        text = text[:start] + put + text[end:]
    _check(text, data.draw(st.sampled_from(TRANSCRIPT_SUFFIXES)))


@settings(_quick, max_examples=400)
@given(data=st.data())
def test_damaged_documents(data: st.DataObject) -> None:
    document = json.loads(json.dumps(data.draw(st.sampled_from(DOCUMENTS))))
    for _ in range(data.draw(st.integers(1, 4))):
        _damage(document, data)
    try:
        text = json.dumps(document)
    except ValueError:
        return
    _check(text, ".json")


def _damage(value: Any, data: st.DataObject) -> None:
    """Walk down at random and replace, drop or double what is there."""
    while isinstance(value, dict | list) and value:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        key = data.draw(st.sampled_from(keys))
        inner = value[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 3)) == 0:
            kind = data.draw(st.integers(0, 3))
            if kind == 0:
                del value[key]
            elif kind == 1 and isinstance(value, list):
                value.append(inner)
            else:
                value[key] = deepcopy(data.draw(st.sampled_from(ODD)))
            return
        value = inner


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_cut_off_anywhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for cut in range(0, len(text), max(1, len(text) // 12)):
        _check(text[:cut], path.suffix)
