"""What single vendors' exports do beyond the plain call of the fixtures."""

import json
from typing import Any

import pytest

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.read import transcript_of


def _read(document: Any) -> Transcript:
    return transcript_of(json.dumps(document), ".json")


def _reason(document: Any) -> str:
    with pytest.raises(UnreadableTranscriptError) as caught:
        _read(document)
    return str(caught.value)


def _people(call: Transcript) -> list[tuple[str, str | None]]:
    return [(person.label, person.role) for person in call.participants]


def test_whisperx_segment_without_speaker_costs_no_call() -> None:
    said = [
        "Good day, Parcel Post, how can I help you?",
        "My book is wet and I would like a new one.",
        "Okay.",
        "Sure, I will.",
    ]
    segments = [
        {"start": 3.0 * i, "end": 3.0 * i + 2.5, "text": text, "speaker": f"SPEAKER_0{i % 2}"}
        for i, text in enumerate(said)
    ]
    del segments[2]["speaker"]
    call = _read({"segments": segments})
    assert _people(call) == [("SPEAKER_00", None), ("SPEAKER_01", None), ("unnamed", "other")]
    assert call.notes == ("1 of 4 stretches name no speaker (segment 3)",)


def test_whisperx_segment_is_split_where_its_words_change_speaker() -> None:
    words = [("Is", "A"), ("it", "A"), ("wet?", None), ("Yes.", "B")]
    timed = [
        {"word": word, "start": i / 2, "end": i / 2 + 0.4} | ({"speaker": speaker} if speaker else {})
        for i, (word, speaker) in enumerate(words)
    ]
    call = _read({"segments": [{"start": 0, "end": 2, "text": "Is it wet? Yes.", "speaker": "A", "words": timed}]})
    assert [(s.speaker, s.text, s.start_s) for s in call.segments] == [("A", "Is it wet?", 0.0), ("B", "Yes.", 1.5)]


def _lens(*turns: tuple[str, str]) -> dict[str, Any]:
    roles = {"g-1": "AGENT", "g-2": "AGENT", "g-3": "CUSTOMER", "g-4": "SYSTEM", "g-5": "SUPERVISOR"}
    return {
        "Channel": "VOICE",
        "Participants": [{"ParticipantId": key, "ParticipantRole": role} for key, role in roles.items()],
        "Transcript": [
            {"ParticipantId": key, "Content": text, "BeginOffsetMillis": 2000 * i, "EndOffsetMillis": 2000 * i + 1500}
            for i, (key, text) in enumerate(turns)
        ],
    }


def test_contact_lens_prompt_is_a_systems_and_two_agents_are_two() -> None:
    call = _read(
        _lens(("g-4", "Please hold."), ("g-1", "Good day."), ("g-3", "Hi."), ("g-2", "Ben here."), ("g-5", "Hm."))
    )
    assert _people(call) == [
        ("SYSTEM", "system"),
        ("AGENT 1", "rep"),
        ("CUSTOMER", "customer"),
        ("AGENT 2", "rep"),
        ("SUPERVISOR", "other_rep"),
    ]


def test_contact_lens_chat_events_are_no_words() -> None:
    document = _lens(("g-1", "Good day."), ("g-3", "Hi."))
    document["Channel"] = "CHAT"
    left = "application/vnd.amazonaws.connect.event.participant.left"
    document["Transcript"].append({"ParticipantId": "g-3", "ContentType": left, "Content": "left"})
    call = _read(document)
    assert [segment.text for segment in call.segments] == ["Good day.", "Hi."]
    assert not call.is_timed


def test_genesys_inside_is_who_was_there_then() -> None:
    zero = 1_760_000_000_000
    people = [
        {"participantPurpose": "ivr", "startTimeMs": zero, "endTimeMs": zero + 5000},
        {"participantPurpose": "agent", "userId": "u1", "startTimeMs": zero + 5000, "endTimeMs": zero + 9000},
        {"participantPurpose": "agent", "userId": "u2", "startTimeMs": zero + 9000},
        {"participantPurpose": "customer", "startTimeMs": zero},
    ]
    said = [
        ("internal", 1, "Press one."),
        ("internal", 6, "Good day."),
        ("external", 7, "Hi."),
        ("internal", 10, "Ben here."),
    ]
    phrases = [
        {"participantPurpose": who, "startTimeMs": zero + 1000 * at, "duration": {"milliseconds": 900}, "text": text}
        for who, at, text in said
    ]
    call = _read({"startTime": zero, "participants": people, "transcripts": [{"phrases": phrases}]})
    assert _people(call) == [("ivr", "system"), ("agent 1", "rep"), ("external", "customer"), ("agent 2", "rep")]
    assert [segment.start_s for segment in call.segments] == [1.0, 6.0, 7.0, 10.0]


def test_own_format_knows_more_roles_and_names() -> None:
    turns = [
        {"speaker": "system", "text": "Press one."},
        {"speaker": "rep", "name": "Mona", "text": "Good day."},
        {"speaker": "other_rep", "name": "Ben", "text": "Hello."},
        {"speaker": "customer", "text": "Hi."},
    ]
    call = _read({"format": "coachlake.transcript/1", "turns": turns})
    assert _people(call)[1:3] == [("Mona (rep)", "rep"), ("Ben (other_rep)", "other_rep")]
    assert (call.participants[1].name, call.is_timed) == ("Mona", False)


@pytest.mark.parametrize(
    ("has_channels", "people"),
    [(False, ["speaker 0", "speaker 1"]), (True, ["channel 0 speaker 0", "channel 1 speaker 1"])],
)
def test_deepgrams_utterances_alone_keep_their_times(has_channels: bool, people: list[str]) -> None:
    said = ["Good day, Parcel Post.", "My book is wet."]
    utterances = [
        {"transcript": text, "start": 3.0 * i, "end": 3.0 * i + 2, "speaker": i}
        | ({"channel": i} if has_channels else {})
        for i, text in enumerate(said)
    ]
    call = _read({"results": {"utterances": utterances}})
    assert (call.format, call.is_timed) == ("Deepgram JSON", True)
    assert [(s.speaker, s.text, s.start_s) for s in call.segments] == list(zip(people, said, [0.0, 3.0], strict=True))


def test_list_of_turns_without_a_unit_is_untimed() -> None:
    turns = [{"speaker": "agent", "text": "Good day.", "start": 0}, {"speaker": "caller", "text": "Hi.", "start": 1500}]
    call = _read({"data": {"turns": turns}})
    assert (call.is_timed, call.notes) == (False, ("times are given without a unit and were not used",))
    assert _people(call) == [("agent", "rep"), ("caller", "customer")]


_WORD = {"word": "Hi", "start": 0.0, "end": 0.4}
_PHRASE = {"offsetInTicks": 0, "durationInTicks": 9000000, "nBest": [{"display": "Hi."}]}


@pytest.mark.parametrize(
    ("document", "name", "advice"),
    [
        (
            {"results": {"channels": [{"alternatives": [{"transcript": "Hi", "words": [_WORD]}]}]}},
            "Deepgram",
            "diarize",
        ),
        ({"results": [{"alternatives": [{"transcript": "Hi.", "words": [{"word": "Hi."}]}]}]}, "Google", "diarization"),
        ({"recognizedPhrases": [_PHRASE]}, "Azure batch", "turn on diarization"),
        (
            {"audio_duration": 3, "utterances": None, "words": [{"text": "Hi", "start": 0, "end": 90}]},
            "AssemblyAI",
            "labels",
        ),
        ({"monologues": [{"elements": [{"type": "text", "value": "Hi"}]}]}, "Rev", "with speakers"),
        ({"transcripts": [{"phrases": [{"text": "Hi.", "startTimeMs": 0}]}]}, "Genesys Cloud", "participantPurpose"),
        ({"callTranscripts": [{"transcript": [{"sentences": [{"text": "Hi."}]}]}]}, "Gong", "speakerId"),
        ({"Transcript": [{"Content": "Hi.", "BeginOffsetMillis": 0, "EndOffsetMillis": 9}]}, "Call Analytics", "Role"),
        ({"insights": {"Transcript": [{"text": "Hi."}]}}, "RingSense", "speakerId"),
    ],
)
def test_export_without_speakers_names_the_vendor_and_what_to_do(document: Any, name: str, advice: str) -> None:
    reason = _reason(document)
    assert name in reason
    assert "no speaker is named" in reason
    assert advice in reason


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            {"monologues": [{"speaker": 0, "elements": [{"value": "Hi"}]}]},
            "Rev JSON: monologues.0.elements.0.type is missing",
        ),
        ({"segments": [{"text": 7.5, "start": []}]}, "Whisper JSON names no speaker"),
        (
            {"segments": [{"text": "Hi", "start": [], "speaker": "A"}]},
            "WhisperX JSON: segments.0.start should be a number",
        ),
        ({"audio_duration": 3, "words": [], "status": "error"}, "AssemblyAI JSON: the transcript is not ready"),
        ({"callTranscripts": [{"transcript": []}, {"transcript": []}]}, "Gong transcript: 2 calls in one file"),
        ({"turns": [{"speaker": "a", "text": " "}]}, "JSON list of turns: the transcript holds no spoken text"),
    ],
)
def test_what_is_wrong_is_told_with_format_and_place(document: Any, reason: str) -> None:
    assert reason in _reason(document)
