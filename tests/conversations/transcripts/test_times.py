"""Times that are missing, NaN, reversed, equal, beyond the end or in another unit."""

from typing import Any

import pytest

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.read import transcript_of

NAN = float("nan")


def _read(*times: tuple[Any, Any], duration_s: float | None = None) -> Transcript:
    import json

    turns = [
        {
            "speaker": "rep" if i % 2 == 0 else "customer",
            "text": "one two three four five",
            "start_s": start,
            "end_s": end,
        }
        for i, (start, end) in enumerate(times)
    ]
    document = {"format": "coachlake.transcript/1", "turns": turns, "duration_s": duration_s}
    return transcript_of(json.dumps(document), ".json")


def _times(call: Transcript) -> list[tuple[float, float]]:
    return [(segment.start_s, segment.end_s) for segment in call.segments]


@pytest.mark.parametrize("missing", [None, NAN])
def test_missing_end_is_by_words_up_to_the_next_start(missing: float | None) -> None:
    call = _read((0.0, missing), (1.0, 2.0), (3.0, missing))
    assert _times(call) == [(0.0, 1.0), (1.0, 2.0), (3.0, 5.0)]
    assert call.notes == ("2 of 3 times were missing and taken from their words or neighbours (turn 1, turn 3)",)


def test_missing_times_lie_between_their_neighbours() -> None:
    call = _read((0.0, 2.0), (None, None), (NAN, None), (3.0, 5.0))
    assert _times(call) == [(0.0, 2.0), (2.0, 2.5), (2.5, 3.0), (3.0, 5.0)]
    assert call.is_timed


def test_missing_start_without_room_is_refused() -> None:
    with pytest.raises(
        UnreadableTranscriptError, match=r"transcript/1: turn 2 has no start time, and nothing leaves room"
    ):
        _read((0.0, 3.0), (None, None), (2.5, 5.0))


def test_no_times_at_all_is_untimed() -> None:
    call = _read((None, None), (NAN, None))
    assert not call.is_timed
    assert call.duration_s is None
    assert _times(call) == [(0.0, 2.0), (2.0, 4.0)]


def test_same_time_everywhere_is_untimed() -> None:
    call = _read((0, 0), (0, 0), (0, 0))
    assert not call.is_timed
    assert "all times are the same and were not used" in call.notes


def test_reversed_times_are_turned_where_they_fit() -> None:
    call = _read((0.0, 2.0), (5.0, 3.0), (6.0, 7.0))
    assert _times(call)[1] == (3.0, 5.0)
    assert "reversed" in call.notes[0]
    with pytest.raises(UnreadableTranscriptError, match=r"turn 2 ends \(1.0 s\) before it starts \(5.0 s\)"):
        _read((0.0, 2.0), (5.0, 1.0), (6.0, 7.0))


def test_equal_times_get_a_length() -> None:
    assert _times(_read((1.0, 1.0), (2.0, 4.0)))[0] == (1.0, 2.0)


def test_ends_beyond_the_call_are_cut_and_starts_refused() -> None:
    call = _read((0.0, 2.0), (3.0, 300.0), duration_s=6.0)
    assert _times(call)[1] == (3.0, 6.0)
    assert call.duration_s == 6.0
    with pytest.raises(UnreadableTranscriptError, match=r"turn 2 starts at 300 s, but the call ends at 6 s"):
        _read((0.0, 2.0), (300.0, 302.0), duration_s=6.0)


def test_nobody_speaks_twice_at_once_but_two_people_may() -> None:
    call = _read((0.0, 5.0), (2.0, 4.0), (3.0, 6.0))
    assert _times(call) == [(0.0, 3.0), (2.0, 4.0), (3.0, 6.0)]


@pytest.mark.parametrize("times", [((-0.4, 2.0), (3.0, 4.0)), ((-0.4, -0.1), (3.0, 4.0))])
def test_a_start_just_before_zero_is_zero(times: tuple[tuple[float, float], ...]) -> None:
    assert _times(_read(*times))[0][0] == 0.0


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        (((-9.0, 2.0), (3.0, 4.0)), "turn 1 starts 9 s before the call"),
        (((0.0, 2.0), (1.7e9, 1.7e9 + 3)), "turn 2 lies 472222 hours into the call"),
        (tuple((3000.0 * i, 3000.0 * i + 2500) for i in range(8)), "the times are not in the unit of this format"),
        (tuple((0.003 * i, 0.003 * i + 0.002) for i in range(8)), "the times are not in the unit of this format"),
    ],
)
def test_times_that_cannot_be_are_refused(times: tuple[tuple[float, float], ...], reason: str) -> None:
    with pytest.raises(UnreadableTranscriptError, match=reason):
        _read(*times)


def test_nothing_but_finite_times_leaves_a_reader() -> None:
    call = transcript_of(
        '{"segments": [{"start": 0, "end": 1, "text": "Hi there.", "speaker": "A", "words": ['
        '{"word": "Hi", "start": NaN, "end": NaN, "score": NaN}, {"word": "there.", "start": 0.5, "end": 0.9}]},'
        ' {"start": NaN, "end": NaN, "text": "Yes.", "speaker": "B"}, {"start": 2.5, "end": null, "text": "Go.",'
        ' "speaker": "A", "words": [{"word": "Go.", "start": 2.5, "end": 2.9, "score": NaN}]}]}'
    )
    assert _times(call) == [(0.0, 1.0), (1.0, 1.4), (2.5, 2.9)]
    assert call.segments[0].words == ()
    assert call.segments[2].words[0].probability is None
