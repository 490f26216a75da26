"""Every format's fixture tells the same call: Mona Dietz of Parcel Post and Leo Brandt, whose parcel got wet.

The fixtures are written from the vendors' documentation in our own content. Adding a format: a file in
`evaluation/gauntlet/formats` that tells this call, and nothing here unless the format gives roles or channels.
"""

from pathlib import Path

import pytest

from coachlake.conversations.transcript import Role, Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.read import read_transcript, transcript_of
from coachlake.conversations.transcripts.registry import FORMATS, Format
from coachlake.settings import REPOSITORY

FIXTURES = sorted((REPOSITORY / "evaluation" / "gauntlet" / "formats").iterdir())
SAID = [
    "Parcel Post, Mona speaking, how can I help you?",
    "My parcel was left in the rain and the book in it is ruined.",
    "A ruined book, how annoying. Could you give me the tracking number?",
    "It ends in nine two seven. Will I get the price back?",
    "You will, I have entered the claim just now.",
    "Good, thank you.",
]
# What the source itself says of the two who speak, in order of first speech; (None, None) where not listed.
ROLES: dict[str, tuple[Role | None, Role | None]] = dict.fromkeys(
    (
        "call_analytics.json",
        "contact_lens_chat.json",
        "contact_lens_voice.json",
        "five9.json",
        "genesys.json",
        "gong.json",
        "own.json",
        "talkdesk.json",
    ),
    ("rep", "customer"),
) | {"ringsense.json": ("rep", None)}
CHANNELS = ("azure_fast.json", "deepgram_channels.json", "google_stt_v2_channels.json")
UNTIMED = ("contact_lens_chat.json", "google_meet.txt", "otter.txt", "plain.txt", "talkdesk.json")
READABLE = [path for path in FIXTURES if path.name != "whisper.json"]


def _id(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", READABLE, ids=_id)
def test_same_call_in_every_format(path: Path) -> None:
    call = read_transcript(path)
    assert [segment.text for segment in call.segments] == SAID
    first, second = (person.label for person in call.participants)
    assert [segment.speaker for segment in call.segments] == [first, second] * 3
    assert call.notes == () or "only starts are given" in call.notes[0]


@pytest.mark.parametrize("path", READABLE, ids=_id)
def test_roles_and_channels_are_those_the_source_gives(path: Path) -> None:
    call = read_transcript(path)
    assert tuple(person.role for person in call.participants) == ROLES.get(path.name, (None, None))
    channels = (0, 1) if path.name in CHANNELS else (None, None)
    assert tuple(person.channel for person in call.participants) == channels


@pytest.mark.parametrize("path", READABLE, ids=_id)
def test_times_are_seconds_from_the_start(path: Path) -> None:
    call = read_transcript(path)
    assert call.is_timed == (path.name not in UNTIMED)
    if call.is_timed:
        zero = call.segments[0].start_s
        assert zero == pytest.approx(0.8, abs=0.01)
        assert [segment.start_s - zero for segment in call.segments[1:3]] == pytest.approx([3.98, 9.56], abs=0.05)
        assert all(segment.start_s < segment.end_s for segment in call.segments)


@pytest.mark.parametrize(
    "name", ["whisperx.json", "amazon_transcribe.json", "deepgram.json", "assemblyai.json", "rev.json"]
)
def test_word_times_are_one_for_every_word(name: str) -> None:
    for segment in read_transcript(_fixture(name)).segments:
        assert [word.text for word in segment.words] == segment.text.split()
        assert segment.words[0].start_s == pytest.approx(segment.start_s, abs=0.01)


@pytest.mark.parametrize(
    "name", ["zoom.vtt", "teams.vtt", "webex.vtt", "rev.json", "gong.json", "otter.txt", "turns.csv"]
)
def test_people_keep_their_names(name: str) -> None:
    assert [person.name for person in read_transcript(_fixture(name)).participants] == ["Mona Dietz", "Leo Brandt"]


def test_whisper_without_speakers_says_what_to_do() -> None:
    with pytest.raises(
        UnreadableTranscriptError, match=r"Whisper JSON names no speaker: run WhisperX .* or deliver the"
    ):
        read_transcript(_fixture("whisper.json"))


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
def test_every_registered_format_has_a_fixture(format_: Format) -> None:
    assert any(_read_by(path) is format_ for path in FIXTURES)


@pytest.mark.parametrize("path", READABLE, ids=_id)
def test_told_by_structure_not_by_suffix(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert transcript_of(text, ".log") == transcript_of(text, path.suffix)


def _fixture(name: str) -> Path:
    return next(path for path in FIXTURES if path.name == name)


def _read_by(path: Path) -> Format | None:
    import json

    text = path.read_text(encoding="utf-8")
    content = json.loads(text) if path.suffix == ".json" else text
    kind = "json" if path.suffix == ".json" else "text"
    return next((format_ for format_ in FORMATS if format_.content == kind and format_.is_it(content)), None)


def test_a_transcript_says_its_language() -> None:
    call: Transcript = read_transcript(_fixture("azure_batch.json"))
    assert call.language == "en"
