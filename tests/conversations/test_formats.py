"""Transcripts teams already have, as their tools write them, whole and broken."""

import json
from pathlib import Path
from typing import Any

import pytest

from coachlake.conversations.conversation import Conversation
from coachlake.conversations.known import Known
from coachlake.conversations.roles import WhoIsRepError, conversation_with
from coachlake.conversations.transcript import UnreadableTranscriptError
from coachlake.conversations.transcripts.read import read_transcript


def _read(folder: Path, name: str, content: Any, rep: str | None = None) -> Conversation:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return conversation_with("call-1", read_transcript(path), Known(answers={rep: "rep"} if rep else {}))


def _reason(folder: Path, name: str, content: Any) -> str:
    with pytest.raises(UnreadableTranscriptError) as caught:
        _read(folder, name, content)
    return str(caught.value)


def _said(call: Conversation) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in call.turns]


_WHISPERX = {
    "segments": [
        {
            "start": 0.5, "end": 3.0, "text": " Thank you for calling, how can I help you?", "speaker": "SPEAKER_01",
            "words": [
                {"word": "Thank", "start": 0.5, "end": 0.7, "score": 0.93, "speaker": "SPEAKER_01"},
                {"word": "you", "start": 0.7, "end": 0.8, "score": 0.9, "speaker": "SPEAKER_01"},
            ],
        },
        {"start": 3.4, "end": 5.0, "text": " My boiler is out since 5.", "speaker": "SPEAKER_00",
         "words": [{"word": "My", "start": 3.4, "end": 3.6, "score": 0.8}, {"word": "5."}]},
    ],
    "word_segments": [],
}  # fmt: skip


def test_whisperx_names_roles_by_what_is_said(tmp_path: Path) -> None:
    call = _read(tmp_path, "call.json", _WHISPERX)
    assert _said(call) == [
        ("rep", "Thank you for calling, how can I help you?"),
        ("customer", "My boiler is out since 5."),
    ]
    assert call.turns[0].start_s == 0.5


def test_whisperx_without_diarization_says_what_is_missing(tmp_path: Path) -> None:
    segments = [{"start": 0.0, "end": 1.0, "text": "Hello."}]
    assert "speaker" in _reason(tmp_path, "call.json", {"segments": segments})


def _item(content: str, start: str | None = None, end: str | None = None, **more: str) -> dict[str, Any]:
    kind = "pronunciation" if start else "punctuation"
    times = {"start_time": start, "end_time": end} if start else {}
    return {"type": kind, "alternatives": [{"confidence": "0.98", "content": content}], **times, **more}


def test_amazon_transcribe_with_speaker_labels(tmp_path: Path) -> None:
    items = [
        _item("How", "0.1", "0.3"), _item("can", "0.3", "0.5"), _item("I", "0.5", "0.6"), _item("help", "0.6", "0.9"),
        _item("?"), _item("My", "2.0", "2.2"), _item("card", "2.2", "2.5"), _item("is", "2.5", "2.6"),
        _item("gone", "2.6", "3.0"), _item("."),
    ]  # fmt: skip
    labelled = [i for i in items if i["type"] == "pronunciation"]
    segments = [
        {"speaker_label": who, "start_time": part[0]["start_time"], "end_time": part[-1]["end_time"],
         "items": [{"speaker_label": who, "start_time": i["start_time"], "end_time": i["end_time"]} for i in part]}
        for who, part in (("spk_0", labelled[:4]), ("spk_1", labelled[4:]))
    ]  # fmt: skip
    results = {
        "transcripts": [{"transcript": ""}],
        "speaker_labels": {"speakers": 2, "segments": segments},
        "items": items,
    }
    document = {"jobName": "call", "accountId": "1", "status": "COMPLETED", "results": results}
    call = _read(tmp_path, "call.json", document, rep="spk_0")
    assert _said(call) == [("rep", "How can I help?"), ("customer", "My card is gone.")]
    assert (call.turns[1].start_s, call.turns[1].end_s) == (2.0, 3.0)
    assert [word.text for word in call.turns[1].words] == ["My", "card", "is", "gone."]


def test_amazon_transcribe_with_channels_keeps_overlap(tmp_path: Path) -> None:
    said = [
        _item("How", "0.1", "0.3"),
        _item("can", "0.3", "0.5"),
        _item("I", "0.5", "0.6"),
        _item("help", "0.6", "0.9"),
    ]
    channels = [
        {"channel_label": "ch_0", "items": [*said, _item("?")]},
        {"channel_label": "ch_1", "items": [_item("My", "0.7", "0.9"), _item("card", "0.9", "1.2")]},
    ]
    call = _read(
        tmp_path, "call.json", {"results": {"channel_labels": {"channels": channels}, "items": []}}, rep="ch_0"
    )
    rep, customer = call.turns
    assert rep.speaker == "rep"
    assert customer.start_s < rep.end_s


def test_amazon_transcribe_without_labels_says_how_to_run_the_job(tmp_path: Path) -> None:
    assert "run the job with speaker or channel labels" in _reason(
        tmp_path, "call.json", {"results": {"items": [_item("Hello", "0.0", "0.4")]}}
    )


def test_call_analytics_has_roles_and_milliseconds(tmp_path: Path) -> None:
    def entry(role: str, start: int, end: int, content: str) -> dict[str, Any]:
        words = content.rstrip(".?").split()
        step = (end - start) // len(words)
        items: list[dict[str, Any]] = [
            {"Type": "pronunciation", "Content": word, "Confidence": "0.99",
             "BeginOffsetMillis": start + i * step, "EndOffsetMillis": start + (i + 1) * step}
            for i, word in enumerate(words)
        ]  # fmt: skip
        items.append({"Type": "punctuation", "Content": content[-1], "Confidence": "0.0"})
        return {
            "Id": f"{role}{start}", "ParticipantRole": role, "BeginOffsetMillis": start, "EndOffsetMillis": end,
            "Content": content, "Items": items, "Sentiment": "NEUTRAL", "LoudnessScores": [70.1],
        }  # fmt: skip

    document = {
        "JobStatus": "COMPLETED", "LanguageCode": "en-US", "Channel": "VOICE",
        "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
        "Transcript": [entry("CUSTOMER", 2000, 4000, "My card is gone."), entry("AGENT", 0, 1500, "Good morning.")],
    }  # fmt: skip
    call = _read(tmp_path, "call.json", document)
    assert _said(call) == [("rep", "Good morning."), ("customer", "My card is gone.")]
    assert call.turns[1].words[-1].text == "gone."
    assert call.turns[1].end_s == 4.0


def test_call_analytics_with_a_part_missing_names_it(tmp_path: Path) -> None:
    broken = {"Transcript": [{"ParticipantRole": "AGENT", "BeginOffsetMillis": 0, "Content": "Hello."}]}
    assert "EndOffsetMillis" in _reason(tmp_path, "call.json", broken)


_VTT = """WEBVTT

NOTE exported by a meeting tool

1
00:00:00.500 --> 00:00:02.000
<v Agent>Good morning, how can I help?</v>

00:00:02.400 --> 00:00:04.000 align:start
<v Maria Ruiz>My card is gone.</v>
"""


def test_webvtt_voice_tags(tmp_path: Path) -> None:
    assert _said(_read(tmp_path, "call.vtt", _VTT)) == [
        ("rep", "Good morning, how can I help?"),
        ("customer", "My card is gone."),
    ]


def test_webvtt_without_names_says_how_to_write_them(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nGood morning.\n"
    assert "write <v Name> or 'Name: text'" in _reason(tmp_path, "call.vtt", text)


def test_file_that_is_no_webvtt(tmp_path: Path) -> None:
    assert "not a WebVTT file" in _reason(tmp_path, "call.vtt", "Good morning.\n")


_SRT = """1
00:00:00,500 --> 00:00:02,000
Agent: Good morning, how can I help?

2
00:00:02,400 --> 00:00:03,000
Caller: My card is gone,

3
00:00:03,100 --> 00:00:04,000
since this morning.
"""


def test_srt_names_carry_on_to_cues_without_one(tmp_path: Path) -> None:
    assert _said(_read(tmp_path, "call.srt", _SRT)) == [
        ("rep", "Good morning, how can I help?"),
        ("customer", "My card is gone, since this morning."),
    ]


def test_file_that_is_no_srt(tmp_path: Path) -> None:
    assert "not an SRT file" in _reason(tmp_path, "call.srt", "Agent: Good morning.\nCaller: Hello.\n")


def _own(**changes: Any) -> dict[str, Any]:
    turns = [
        {"speaker": "rep", "text": "Good morning.", "start_s": 0.0, "end_s": 1.0},
        {"speaker": "customer", "text": "My card is gone.", "start_s": 1.5, "end_s": 3.0},
    ]
    return {"format": "coachlake.transcript/1", "turns": turns, "duration_s": 4.0} | changes


def test_own_format(tmp_path: Path) -> None:
    call = _read(tmp_path, "call.json", _own())
    assert _said(call) == [("rep", "Good morning."), ("customer", "My card is gone.")]
    assert (call.duration_s, call.is_timed) == (4.0, True)
    untimed = [{"speaker": "rep", "text": "Hello."}, {"speaker": "customer", "text": "Hi."}]
    assert not _read(tmp_path, "chat.json", _own(turns=untimed, is_timed=False)).is_timed


@pytest.mark.parametrize(
    ("turn", "named"),
    [
        ({"speaker": "bot", "text": "Hi.", "start_s": 0.0, "end_s": 1.0}, "turns.0.speaker"),
        ({"speaker": "rep", "start_s": 0.0, "end_s": 1.0}, "turns.0.text"),
        ({"speaker": "rep", "text": "Hi.", "start_s": "soon", "end_s": 1.0}, "turns.0.start_s should be a number"),
        ({"speaker": "rep", "text": "Hi.", "start_s": 2.0, "end_s": 1.0}, "ends (1.0 s) before it starts"),
        ({"speaker": "rep", "text": "  ", "start_s": 0.0, "end_s": 1.0}, "no spoken text"),
    ],
)
def test_own_format_names_what_is_wrong(tmp_path: Path, turn: dict[str, Any], named: str) -> None:
    assert named in _reason(tmp_path, "call.json", _own(turns=[turn]))


def test_three_speakers_without_telling_names(tmp_path: Path) -> None:
    text = _VTT.replace("<v Agent>", "<v Ana>") + "\n00:00:05.000 --> 00:00:06.000\n<v Ben>I am here too.</v>\n"
    with pytest.raises(WhoIsRepError, match=r"3 people speak \(Ana, Maria Ruiz, Ben\), and nothing names the rep"):
        _read(tmp_path, "call.vtt", text)


@pytest.mark.parametrize("content", ["{not json", '{"text": "Hello."}', "[]"])
def test_json_of_no_known_layout(tmp_path: Path, content: str) -> None:
    assert ("not valid JSON" if content[1:2] == "n" else "unknown layout") in _reason(tmp_path, "call.json", content)
