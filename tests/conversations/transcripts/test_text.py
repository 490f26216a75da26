"""Text, tables and bytes: times beside names, headings, columns under other names, encodings, sizes."""

from pathlib import Path

import pytest

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts import read
from coachlake.conversations.transcripts.labels import participant_of
from coachlake.conversations.transcripts.read import read_transcript, transcript_of


def _said(call: Transcript) -> list[tuple[str, str]]:
    return [(segment.speaker, segment.text) for segment in call.segments]


@pytest.mark.parametrize(
    "text",
    [
        "[00:00:01] Mona: Good day.\n[00:00:04] Leo: Hi: it is wet.\n[00:00:09] Mona: Oh.\n",
        "00:01 - Mona: Good day.\n00:04 - Leo: Hi: it is wet.\n00:09 - Mona: Oh.\n",
        "Mona (00:01): Good day.\nLeo (00:04): Hi: it is wet.\nMona (00:09): Oh.\n",
        "Mona   0:01\nGood day.\n\nLeo   0:04\nHi: it is wet.\n\nMona   0:09\nOh.\n",
        "[Mona] 14:20:01\nGood day.\n\n[Leo] 14:20:04\nHi: it is wet.\n\n[Mona] 14:20:09\nOh.\n",
        "Claim\n\nMona | 0:01\nGood day.\n\nLeo | 0:04\nHi: it is wet.\n\nMona | 0:09\nOh.\n",
    ],
)
def test_times_beside_names_are_starts_alone(text: str) -> None:
    call = transcript_of(text, ".txt")
    assert _said(call) == [("Mona", "Good day."), ("Leo", "Hi: it is wet."), ("Mona", "Oh.")]
    gaps = [segment.start_s - call.segments[0].start_s for segment in call.segments]
    assert (gaps, call.is_timed) == ([0.0, 3.0, 8.0], False)


def test_lines_without_a_name_go_on_and_a_heading_is_left_out() -> None:
    call = transcript_of(
        "Call of 3 March\n\nAgent: Good day.\nHow can I help?\n\nCustomer: My number: 5.\nAgent: Ok.\n", ".txt"
    )
    assert _said(call)[1:3] == [("Agent", "How can I help?"), ("Customer", "My number: 5.")]
    assert "heading" in call.notes[0]


def test_text_without_names_is_refused_with_what_is_read() -> None:
    with pytest.raises(
        UnreadableTranscriptError, match=r"a text of an unknown layout: expected one of .*WebVTT.*Otter"
    ):
        transcript_of("Dear Parcel Post,\nthe book is wet: please replace it.\nLeo\n", ".txt")


@pytest.mark.parametrize(
    "text",
    [
        'Speaker,Text,Start Time,End Time\nMona,"Good day,\nLeo.",0:00.5,0:02\nLeo,Hi.,0:02.5,0:03\n',
        "start_ms;end_ms;participant;utterance\n500;2000;Mona;Good day, Leo.\n2500;3000;Leo;Hi.\n",
        "begin\tend\tspeaker_name\tcontent\n0.5\t2\tMona\tGood day, Leo.\n2.5\t3\tLeo\tHi.\n",
        'timestamp,end_time,from,message\n1772616600.5,1772616602,Mona,"Good day, Leo."\n'
        "1772616602.5,1772616603,Leo,Hi.\n",
    ],
)
def test_tables_under_usual_headers(text: str) -> None:
    call = transcript_of(text, ".csv")
    assert _said(call) == [("Mona", "Good day, Leo."), ("Leo", "Hi.")]
    assert call.segments[1].start_s - call.segments[0].start_s == pytest.approx(2.0)
    assert call.is_timed


def test_table_of_names_and_roles() -> None:
    call = transcript_of("role,name,text\nagent,Mona,Good day.\ncontact,,Hi.\n", ".csv")
    assert [(p.label, p.name, p.role) for p in call.participants] == [
        ("Mona", "Mona", "rep"),
        ("contact", None, "customer"),
    ]


_NAMED = (
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v José Núñez>Good day.\n\n"
    "00:03.000 --> 00:04.000\n<v Zoë>It costs €5 – “fine”.\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "call.vtt"
    path.write_bytes(_NAMED.replace("\n", "\r\n").encode(encoding))
    call = read_transcript(path)
    assert _said(call) == [("José Núñez", "Good day."), ("Zoë", "It costs €5 – “fine”.")]
    assert call.notes == (("the text was read as cp1252",) if encoding == "cp1252" else ())


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Łukasz Żak: Dzień dobry, zalało mi książkę.\nMona: Dobrze, już piszę.\n"),
        ("cp1251", "Анна: Добрый день, книга промокла.\nИван: Понимаю вас, сейчас запишу.\n"),
    ],
)
def test_other_code_pages_by_what_is_written(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "call.txt"
    path.write_bytes((text * 6).encode(encoding))
    assert read_transcript(path).segments[0].speaker == text.split(":")[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04rest", "a Word, Excel or zip file, not a transcript: save it as plain text"),
        (b"%PDF-1.7", "a PDF, not a transcript"),
        (b"\xff\xfeW\x00E", "tried UTF-8, UTF-16, UTF-32, cp1252"),
        (b"", "the file is empty"),
        (b"[" * 100_000, "not valid JSON: a number or a nesting"),
        (b'{"turns": [}', "not valid JSON: it breaks at line 1"),
    ],
)
def test_files_that_are_no_transcript(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "call.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableTranscriptError, match=reason):
        read_transcript(path)


def test_largest_file_is_stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 1 << 20)
    path = tmp_path / "call.txt"
    path.write_bytes(b"Mona: Good day.\n" * 140_000)
    with pytest.raises(UnreadableTranscriptError, match="2 MB: a transcript may have 1 MB at most"):
        read_transcript(path)


def test_one_turn_of_megabytes_and_many_cues() -> None:
    long = "word " * 400_000
    call = transcript_of(f"Mona: Good day.\nLeo: {long}\nMona: Bye.\n", ".txt")
    assert len(call.segments[1].text) == len(long.strip())
    cues = "\n".join(
        f"{i // 60:02}:{i % 60:02}.000 --> {i // 60:02}:{i % 60:02}.900\n<v {'MB'[i % 2]}o>Yes {i}.\n"
        for i in range(5000)
    )
    assert len(transcript_of(f"WEBVTT\n\n{cues}", ".vtt").segments) == 5000


@pytest.mark.parametrize(
    "text", ["<v Mona>" + "<" * 300_000, "Mona" + " " * 300_000 + ": x", "(" * 300_000, "a:" * 200_000, ">>" * 200_000]
)
def test_no_text_takes_more_than_its_length(text: str) -> None:
    """Each would take hours where a pattern tried every end for every start."""
    with pytest.raises(UnreadableTranscriptError):
        transcript_of(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n", ".vtt")


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("Tom Baker (Agent)", "Tom Baker", "rep"),
        ("Agent [Tom Baker]", "Tom Baker", "rep"),
        ("Priya [Customer]", "Priya", "customer"),
        ("AGENT", None, "rep"),
        ("agent_1", None, "rep"),
        ("Speaker: Agent", None, "rep"),
        ("Customer Service Representative", None, "rep"),
        ("Caller", None, "customer"),
        ("Virtual Agent", None, "system"),
        ("IVR", None, "system"),
        ("Interpreter", None, "other"),
        ("Supervisor", None, "other_rep"),
        ("Sam Cole, Operator", "Sam Cole, Operator", None),
        ("Ana Ruiz (Parcel Post)", "Ana Ruiz", None),
        ("Agent Smith", "Agent Smith", None),
        ("SPEAKER_00", None, None),
        ("spk_1", None, None),
        ("B", None, None),
        ("+44 20 7946 0011", None, None),
        ("f0000000-1111-4000-8000-00000000000a", None, None),
    ],
)
def test_what_a_label_says(label: str, name: str | None, role: str | None) -> None:
    someone = participant_of(label)
    assert (someone.name, someone.role) == (name, role)
