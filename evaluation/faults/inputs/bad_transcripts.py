"""Transcripts as they go wrong: times, texts, structure, encodings, size."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from evaluation.faults.inputs.case import BadInput, Became
from evaluation.faults.inputs.good_calls import good_document
from evaluation.gauntlet.build import FORMATS

KIND = "transcripts"
_CALL: tuple[Became, ...] = ("scored", "asked", "refused")
_Change = Callable[[dict[str, Any]], Any]


def _turn(index: int, **values: Any) -> _Change:
    return lambda document: document["turns"][index].update(values)


def _all(**values: Any) -> _Change:
    return lambda document: [turn.update(values) for turn in document["turns"]]


def _top(**values: Any) -> _Change:
    return lambda document: document.update(values)


# name → (what is changed in a good document, what may become of it, what the reason says).
_CHANGES: dict[str, tuple[_Change, tuple[Became, ...], str | None]] = {
    "duration shorter than the last turn": (_top(duration_s=20.0), _CALL, None),
    "duration 0": (_top(duration_s=0), _CALL, None),
    "duration negative": (_top(duration_s=-5), _CALL, None),
    "duration NaN": (_top(duration_s=float("nan")), _CALL, None),
    "duration infinite": (_top(duration_s=float("inf")), _CALL, None),
    "duration of a year": (_top(duration_s=3e7), _CALL, None),
    "duration as text": (_top(duration_s="long"), ("refused",), "duration_s"),
    "a turn before the call": (_turn(0, start_s=-30.0), ("refused",), "before the call"),
    "a turn a little before 0": (_turn(0, start_s=-0.2), ("scored",), None),
    "a turn after the end": (_turn(7, start_s=900.0, end_s=905.0), ("refused",), "ends at"),
    "a turn that ends before it starts": (_turn(2, start_s=18.0, end_s=1.0), ("refused",), "before it starts"),
    "a start NaN": (_turn(3, start_s=float("nan")), _CALL, None),
    "an end NaN": (_turn(3, end_s=float("nan")), _CALL, None),
    "a start infinite": (_turn(3, start_s=float("inf")), _CALL, None),
    "an end minus infinite": (_turn(3, end_s=float("-inf")), _CALL, None),
    "all times NaN": (_all(start_s=float("nan"), end_s=float("nan")), _CALL, None),
    "all times equal": (_all(start_s=5.0, end_s=5.0), _CALL, None),
    "all times null": (_all(start_s=None, end_s=None), _CALL, None),
    "times in milliseconds": (lambda d: [t.update(start_s=t["start_s"] * 1000, end_s=t["end_s"] * 1000)
                                         for t in d["turns"]], ("refused",), None),
    "times of 1e308": (_turn(7, start_s=1e308, end_s=1e308), ("refused",), None),
    "a time as text": (_turn(1, start_s="soon"), ("refused",), "start_s"),
    "a time as list": (_turn(1, start_s=[1]), ("refused",), "start_s"),
    "a time true": (_turn(1, start_s=True), _CALL, None),
    "no turns": (_top(turns=[]), ("refused",), "no spoken text"),
    "turns is null": (_top(turns=None), ("refused",), "turns"),
    "turns is an object": (_top(turns={"0": {}}), ("refused",), "turns"),
    "turns is text": (_top(turns="hello"), ("refused",), "turns"),
    "a turn is null": (lambda d: d["turns"].insert(2, None), ("refused",), "turns.2"),
    "a turn is a list": (lambda d: d["turns"].insert(2, []), ("refused",), "turns.2"),
    "a turn without a speaker": (lambda d: d["turns"][2].pop("speaker"), ("refused",), "speaker"),
    "a speaker nobody knows": (_turn(2, speaker="boss"), ("refused",), "speaker"),
    "a turn without text": (lambda d: d["turns"][2].pop("text"), ("refused",), "text"),
    "text is null": (_turn(2, text=None), ("refused",), "text"),
    "text is a number": (_turn(2, text=42), _CALL, None),
    "text is blank": (_all(text="   "), ("refused",), "no spoken text"),
    "text of one letter": (_all(text="a"), ("refused", "asked"), None),
    "text of NUL": (_turn(2, text="I am sorry\0 about your roof."), _CALL, None),
    "text of control characters": (_turn(2, text="I am\x07 sorry \x1b[31m about it."), _CALL, None),
    "text with half a sign": (_turn(2, text="I am sorry \ud83d about your roof."), _CALL, None),
    "text right to left": (_turn(2, text="\u202eI am sorry about your roof."), _CALL, None),
    "text of emoji": (_all(text="😀😀😀"), ("refused", "asked"), None),
    "text of 10 MB": (lambda d: d.update(is_timed=False, turns=[
        *d["turns"], d["turns"][1] | {"text": "well " * 2_000_000}]), ("refused",), "turn_characters"),
    "text of 10 MB in 4 s": (_turn(2, text="well " * 2_000_000), ("refused",), "characters"),
    "one word of 1 MB": (_turn(2, text="w" * 1_000_000), ("refused",), "characters"),
    "text as HTML": (_turn(2, text="<script>alert('x')</script> I am sorry."), _CALL, None),
    "text as SQL": (_turn(2, text="'); DROP TABLE lake.raw.calls; --"), _CALL, None),
    "text as markup": (_turn(2, text="I am [/] sorry [bold]about[/bold] that."), _CALL, None),
    "100000 turns": (lambda d: d.update(turns=d["turns"] * 12_500, is_timed=False), ("refused",), "turns_a_call"),
    "5000 turns of a word": (lambda d: d.update(duration_s=5001, turns=[
        {"speaker": ("rep", "customer")[i % 2], "text": "yes", "start_s": i * 1.0, "end_s": i + 0.5}
        for i in range(5000)]), _CALL, None),
    "only the rep speaks": (_all(speaker="rep"), ("refused", "asked"), None),
    "only the customer speaks": (_all(speaker="customer"), ("refused", "asked"), None),
    "only a machine speaks": (_all(speaker="system"), ("refused", "asked"), None),
    "every turn the same": (_all(text="Hello, how are you?"), _CALL, None),
    "turns in reverse": (lambda d: d["turns"].reverse(), _CALL, None),
    "turns all at once": (_all(start_s=0.0, end_s=70.0), _CALL, None),
    "a word without times": (_turn(2, words=[{"text": "hm"}]), _CALL, None),
    "words with NaN times": (_turn(2, text="hm well", words=[{"text": w, "start_s": float("nan"), "end_s": 1.0}
                                                           for w in ("hm", "well")]), _CALL, None),
    "words after their turn": (_turn(2, text="hm well", words=[{"text": w, "start_s": 900.0, "end_s": 901.0}
                                                             for w in ("hm", "well")]), _CALL, None),
    "words of probability 7": (_turn(2, text="hm well", words=[{"text": w, "start_s": 18.0, "end_s": 18.1,
                               "probability": 7} for w in ("hm", "well")]), _CALL, None),
    "words is text": (_turn(2, words="hm well"), ("refused",), "words"),
    "language of nowhere": (_top(language="xx-YY-zz"), _CALL, None),
    "language is a list": (_top(language=["en"]), ("refused",), "language"),
    "another format": (_top(format="coachlake.transcript/99"), _CALL, None),
    "format is a list": (_top(format=[1]), _CALL, None),
    "a name of 10 kB": (_all(name="N" * 10_000), _CALL, None),
    "a name with markup": (_all(name="[/]Ida[bold]"), _CALL, None),
    "a name with a line break": (_all(name="Ida\nBrandt"), _CALL, None),
}  # fmt: skip

# name → (suffix, bytes, what may become of it, what the reason says).
_FILES: dict[str, tuple[str, bytes, tuple[Became, ...], str | None]] = {
    "empty": (".json", b"", ("refused",), "empty"),
    "blank": (".txt", b" \n\n\t\n", ("refused",), "empty"),
    "NUL only": (".txt", b"\0" * 5000, ("refused",), None),
    "random bytes": (".txt", bytes((i * 7919 + i * i) % 256 for i in range(5000)), ("refused",), None),
    "a Word file": (".txt", b"PK\x03\x04" + bytes(2000), ("refused",), "Word"),
    "a PDF": (".txt", b"%PDF-1.4\n", ("refused",), "PDF"),
    "JSON cut off": (".json", json.dumps(good_document(77)).encode()[:700], ("refused",), "not valid JSON"),
    "JSON of 5000 brackets": (".json", b"[" * 5000, ("refused",), "not valid JSON"),
    "JSON of a huge number": (".json", b'{"turns": ' + b"9" * 5000 + b"}", ("refused",), None),
    "JSON of another kind": (".json", b'{"name": "package", "version": "1.0"}', ("refused",), "unknown layout"),
    "JSON null": (".json", b"null", ("refused",), None),
    "JSON text": (".json", b'"hello"', ("refused",), None),
    "JSON with two documents": (".json", b'{"turns": []}{"turns": []}', ("refused",), "not valid JSON"),
    "JSON with a comment": (".json", b'// a comment\n{"turns": []}', ("refused",), None),
    "WebVTT without cues": (".vtt", b"WEBVTT\n\n", ("refused",), None),
    "WebVTT header alone wrong": (".vtt", b"WEBVT\n\n00:01.000 --> 00:02.000\nIda: hello\n", _CALL, None),
    "WebVTT broken times": (".vtt", b"WEBVTT\n\n00:xx --> 00:02.000\nIda: hello\n\nIda: yes\n", ("refused",), None),
    "WebVTT one cue of a year": (".vtt", b"WEBVTT\n\n0:00.000 --> 9999:00:00.000\nIda: hello there\n", ("refused",),
                                 None),
    "SRT numbers alone": (".srt", b"1\n2\n3\n", ("refused",), None),
    "SRT arrow alone": (".srt", b"1\n-->\nIda: hi\n", ("refused",), None),
    "CSV header alone": (".csv", b"speaker,text,start,end\n", ("refused",), None),
    "CSV with an open quote": (".csv", b'speaker,text\nrep,"hello\ncustomer,hi\n', _CALL, None),
    "CSV of one column": (".csv", b"text\nhello\n", ("refused",), None),
    "CSV with 2000 columns": (".csv", b"speaker,text" + b",x" * 2000 + b"\nrep,hello\n", _CALL, None),
    "a log file": (".txt", b"2026-11-19 10:00:00 INFO started\n2026-11-19 10:00:01 INFO done\n" * 20, _CALL, None),
    "an e-mail": (".txt", b"From: a@b.c\nTo: d@e.f\nSubject: hi\n\nDear all, nothing to see here.\n", _CALL, None),
    "an HTML page": (".txt", b"<html><body><p>404: not found</p></body></html>", ("refused",), None),
    "UTF-16 without end": (".txt", "Ida: hello".encode("utf-16")[:-1], _CALL, None),
    "UTF-32": (".txt", "Ida: hello\nSam: hi\n".encode("utf-32"), _CALL, None),
    "only names": (".txt", b"Ida:\nSam:\nIda:\nSam:\n", ("refused",), None),
    "a line of 5 MB": (".txt", b"Ida: " + b"well " * 1_000_000, ("refused",), None),
    "a subtitle file in Latin 1": (".srt", "1\n00:00:01,000 --> 00:00:02,000\nJosé: ¡Olé!\n".encode("latin-1"),
                                   _CALL, None),
}  # fmt: skip


def files() -> Iterator[tuple[BadInput, str, bytes]]:
    """Every case with its file's name and content; the call's id is the file's stem."""
    for number, (name, (change, may, says)) in enumerate(_CHANGES.items()):
        document = deepcopy(good_document(100 + number))
        change(document)
        stem = f"transcript-{number}"
        yield BadInput(KIND, name, stem, may, says), f"{stem}.json", json.dumps(document).encode()
    for number, (name, (suffix, content, may, says)) in enumerate(_FILES.items()):
        stem = f"textfile-{number}"
        yield BadInput(KIND, name, stem, may, says), f"{stem}{suffix}", content
    for file in sorted(FORMATS.iterdir()):
        if file.suffix in (".json", ".vtt", ".srt", ".sbv", ".txt", ".csv"):
            half = file.read_bytes()[: file.stat().st_size // 2]
            stem = f"cut-{file.stem}"
            yield BadInput(KIND, f"{file.name} cut in half", stem, _CALL), f"{stem}{file.suffix}", half
