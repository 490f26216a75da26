"""WebVTT and SRT as they are written: voices, entities, names in front of text, blocks between cues."""

import pytest

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.read import transcript_of


def _vtt(*cues: str) -> Transcript:
    timed = (f"00:{5 * i:02}.000 --> 00:{5 * i + 4:02}.000\n{cue}\n" for i, cue in enumerate(cues))
    return transcript_of("WEBVTT\n\n" + "\n".join(timed), ".vtt")


def _said(call: Transcript) -> list[tuple[str, str]]:
    return [(segment.speaker, segment.text) for segment in call.segments]


def test_several_voices_in_a_cue_share_its_time_by_length() -> None:
    call = _vtt("<v Mona>Good day to you.</v> <v Leo>Hi.</v>", "<v Mona>Bye.")
    assert _said(call) == [("Mona", "Good day to you."), ("Leo", "Hi."), ("Mona", "Bye.")]
    assert call.segments[0].end_s == call.segments[1].start_s
    assert (call.segments[0].start_s, call.segments[1].end_s) == (0.0, 4.0)


def test_voice_holds_for_its_own_cue() -> None:
    call = _vtt("<v Mona>Good day.", "My book is wet.", "<v Mona>Oh dear.", "Yes, all of it.")
    assert _said(call)[1] == ("unnamed", "My book is wet.")
    assert [person.role for person in call.participants] == [None, None]
    assert "2 of 4 stretches name no speaker (cue 2, cue 4)" in call.notes


def test_voices_and_names_in_front_may_be_mixed() -> None:
    call = _vtt("<v Mona>Good day.", "Leo: My book: wet.", "<v Mona>Oh dear.", "Leo: Yes.", "Leo: All of it.")
    assert [speaker for speaker, _ in _said(call)] == ["Mona", "Leo", "Mona", "Leo", "Leo"]
    assert _said(call)[1] == ("Leo", "My book: wet.")


def test_another_name_inside_a_line_begins_their_words() -> None:
    call = _vtt("Mona: Good day. Leo: My book. It is wet.", "Leo: Yes.", "MONA: Oh. I met Leo: he is fine.")
    assert _said(call) == [
        ("Mona", "Good day."),
        ("Leo", "My book. It is wet."),
        ("Leo", "Yes."),
        ("Mona", "Oh. I met Leo: he is fine."),
    ]


def test_stray_words_without_a_speaker_are_nobody_of_the_two() -> None:
    call = _vtt(
        "<v Mona>Good day, how can I help you today?",
        "<v Leo>My book is wet, I want it replaced.",
        "so",
        "<v Mona>Sure.",
    )
    assert {person.label: person.role for person in call.participants} == {
        "Mona": None,
        "Leo": None,
        "unnamed": "other",
    }


def test_entities_tags_and_signs() -> None:
    call = _vtt(
        "<v Mona &amp; Co><i>Is it</i> &lt; 100 &amp; free?", "<v.loud.top Leo>\n<c.red>5 < 6</c> <00:00:07.500>yes"
    )
    assert _said(call) == [("Mona & Co", "Is it < 100 & free?"), ("Leo", "5 < 6 yes")]


def test_blocks_between_cues_are_no_words() -> None:
    text = (
        "WEBVTT - claim\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:top\n\nNOTE two\nlines\n\n"
        "00:00.500 --> 00:02.000 align:start\n<v Mona>Good day.\n\nNOTE end\n\n"
        "00:00:02,500 --> 00:00:04,000\n<v Leo>Hi.\n"
    )
    call = transcript_of(text, ".vtt")
    assert _said(call) == [("Mona", "Good day."), ("Leo", "Hi.")]
    assert call.segments[1].start_s == 2.5


@pytest.mark.parametrize(
    "name",
    [
        "Łucja Żak",
        "王小明",
        "Иван Петров",
        "سارة",
        "O'Neil, Pat",
        "Leo Brandt (Parcel Post)",
        "Leo B. 2",
        "Caller 3",
        "Dr. J. de la Cruz",
        "leo",
        "+44 20 7946 0011",
        "Leo&Co",
    ],
)
def test_names_of_every_kind_leave_nothing_in_the_text(name: str) -> None:
    call = _vtt(
        "Mona: Good day.", f"{name}: Hi.", "Mona: What is it?", f"{name}: A book.", "Mona: Yes.", f"{name}: Wet."
    )
    assert _said(call)[1::2] == [(name, "Hi."), (name, "A book."), (name, "Wet.")]


@pytest.mark.parametrize(
    "cue",
    [
        "Next step: we send a form.",
        "My number: five five one.",
        "Note: it is late.",
        "Look: I am here.",
        "Policy Number: 12.",
        "Monday: we come.",
        "https://parcel.example is it.",
        "At 10:30 we come.",
    ],
)
def test_colon_in_a_sentence_makes_no_name(cue: str) -> None:
    call = _vtt("Mona: Good day.", "Leo: Hi.", "Mona: I will write.", cue, "Leo: Fine.", "Mona: Bye.", "Leo: Bye.")
    assert _said(call)[3] == ("Mona", cue)
    assert len(call.participants) == 2


def test_someone_who_speaks_once_is_heard_as_themselves() -> None:
    call = _vtt("Mona: Good day.", "Leo: Hi.", "Mona: One moment.", "Tariq: Billing, hello.", "Leo: Hi.", "Mona: Bye.")
    assert _said(call)[3] == ("Tariq", "Billing, hello.")


def test_names_that_mark_changes_go_on() -> None:
    call = _vtt("Mona: Good day.", "How can I help?", "Leo: My book.", "It is wet.", "Mona: Oh.")
    assert [speaker for speaker, _ in _said(call)] == ["Mona", "Mona", "Leo", "Leo", "Mona"]


def test_unnamed_cues_among_repeated_names_are_someone_else() -> None:
    call = _vtt("Mona: Good day.", "My book is wet.", "Mona: Oh dear.", "It is.", "Mona: I will", "send a new one.")
    assert [speaker for speaker, _ in _said(call)] == ["Mona", "unnamed", "Mona", "unnamed", "Mona", "Mona"]


def test_signs_of_a_new_speaker() -> None:
    call = _vtt(">> MONA: Good day. >> My book is wet.", ">> MONA: Oh. >> Yes.", "- MONA: Bye.\n- Bye bye.")
    assert [speaker for speaker, _ in _said(call)] == ["MONA", "unnamed"] * 3


def test_brackets_hold_names_or_sounds() -> None:
    call = _vtt(
        "[MONA] Good day.", "(Leo) Hi.", "[laughs] I am wet.", "[MONA]\nOh.", "(Leo) [inaudible] yes.", "[MONA] So."
    )
    assert _said(call) == [
        ("MONA", "Good day."),
        ("Leo", "Hi."),
        ("Leo", "[laughs] I am wet."),
        ("MONA", "Oh."),
        ("Leo", "[inaudible] yes."),
        ("MONA", "So."),
    ]


def test_times_of_an_srt_that_are_none_name_the_cue_before() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nMona: Hi\n\n2\nNaN --> 00:00:04,000\nLeo: Ho\n"
    with pytest.raises(UnreadableTranscriptError, match="SRT: the times below cue 1 cannot be read"):
        transcript_of(text, ".srt")


def test_minutes_beyond_an_hour_lose_no_cue() -> None:
    call = transcript_of(
        "WEBVTT\n\n59:58.000 --> 59:59.000\n<v Mona>Hi\n\n60:01.500 --> 61:02.000\n<v Leo>Ho\n", ".vtt"
    )
    assert (call.segments[1].start_s, call.segments[1].end_s) == (3601.5, 3662.0)


def test_unreadable_times_name_their_line() -> None:
    with pytest.raises(
        UnreadableTranscriptError, match=r"WebVTT: the times in line 6 cannot be read: 'NaN --> 00:09.000'"
    ):
        transcript_of("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mona>Hi\n\nNaN --> 00:09.000\n<v Leo>Ho\n", ".vtt")


def test_unreadable_times_of_an_srt_name_their_line() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nMona: Hi\n\n2\n00:00:0x,000 --> 00:00:04,000\nLeo: Ho\n"
    with pytest.raises(UnreadableTranscriptError, match="SRT: what stands at line 5 is no cue with times"):
        transcript_of(text, ".srt")
