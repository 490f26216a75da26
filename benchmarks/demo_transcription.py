"""The demonstration's recordings transcribed without the rest of the night, against what was spoken.

`python -m benchmarks.demo_transcription [--json FILE]`. Each two-channel recording is transcribed a second time with
its channels mixed into one, so that mono figures rest on every call. Who the rep is follows from what the call facts
say (name, channel, direction); calls about which a night would ask are counted and not compared. A transcript is kept
under `var/cache` until the recording or the code that transcribes changes.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from coachlake.cli.demo import NIGHT, gold_folder
from coachlake.conversations.dialogue import dialogue_of
from coachlake.conversations.known import Known
from coachlake.conversations.roles import WhoIsRepError, conversation_with
from coachlake.conversations.transcript import Transcript
from coachlake.lake.rows import CallFacts
from coachlake.landing.night_folder import read_night
from coachlake.settings import Settings, load_settings
from coachlake.signals.interruptions import interruptions
from coachlake.speech.decode import Audio, decode
from coachlake.speech.transcriber import DEPENDS_ON, Transcriber
from demonstration.transcription_figures import TranscribedCall, TranscribedTurn, transcription_figures
from ray_jobs.stage import Stage, load_transcript, save_transcript


def main() -> None:
    """Transcribe, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--profile", default="embedded")
    options = parser.parse_args()
    calls = list(transcribed_calls(load_settings(), options.profile))
    figures = {
        layout: asdict(transcription_figures([call for name, call in calls if name == layout and call]))
        | {"asked": sum(name == layout and call is None for name, call in calls)}
        for layout in ("two channels", "recorded in mono", "two channels mixed to mono")
    }
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")


def transcribed_calls(settings: Settings, profile: str) -> Iterator[tuple[str, TranscribedCall | None]]:
    """(layout, call) for every recording of the demonstration night that has gold; None: who the rep is is asked."""
    transcriber, stage = Transcriber(profile), Stage(str(Path("var/cache").resolve()))
    for facts in read_night(settings, NIGHT).ready:
        path, gold_file = Path(facts.file_path or ""), gold_folder(settings) / f"{facts.call_id}.json"
        if facts.channel_layout == "transcript" or not gold_file.exists():
            continue
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        audio, known = decode(path), _known(facts)
        found = _transcribed(transcriber, stage, path, audio)
        yield ("recorded in mono" if audio.channels == 1 else "two channels"), _compared(gold, found, known)
        if audio.channels == 2:
            mixed = Audio(audio.samples.sum(axis=0, keepdims=True), audio.source_rate_hz)
            found = _transcribed(transcriber, stage, path, mixed)
            yield "two channels mixed to mono", _compared(gold, found, replace(known, channel_layout=None))


def _known(facts: CallFacts) -> Known:
    layout = facts.channel_layout if facts.channel_layout in ("rep_left", "rep_right") else None
    direction = facts.direction if facts.direction in ("inbound", "outbound") else None
    return Known(facts.rep_name, layout, direction)  # type: ignore[arg-type]


def _transcribed(transcriber: Transcriber, stage: Stage, path: Path, audio: Audio) -> Transcript:
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    parts = f"{content} {audio.channels} {transcriber.profile} {DEPENDS_ON.digest()}"
    key = hashlib.sha256(parts.encode()).hexdigest()
    if not stage.exists("transcripts", key, "json"):
        save_transcript(stage, key, transcriber.transcript_of(audio))
    return load_transcript(stage, key)


def _compared(gold: dict[str, Any], transcript: Transcript, known: Known) -> TranscribedCall | None:
    try:
        conversation = conversation_with(gold["call_id"], transcript, known)
    except WhoIsRepError:
        return None
    turns = [
        TranscribedTurn(turn.speaker, turn.start_s, turn.text, [(word.start_s, word.end_s) for word in turn.words])
        for turn in conversation.turns
    ]
    cuts = [signal.start_s for signal in interruptions(dialogue_of(conversation)) if signal.start_s is not None]
    return TranscribedCall(gold, turns, cuts)


if __name__ == "__main__":
    main()
