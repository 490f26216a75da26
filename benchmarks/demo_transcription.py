"""The demonstration's recordings transcribed without the rest of the night, against what was spoken.

`python -m benchmarks.demo_transcription [--json FILE]`. Each two-channel recording is transcribed a second time with
its channels mixed into one, so that mono figures rest on every call. A transcript is kept under `var/cache` until the
recording or the code that transcribes changes.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coachlake.cli.demo import NIGHT, gold_folder
from coachlake.conversations.conversation import Conversation
from coachlake.conversations.dialogue import dialogue_of
from coachlake.settings import Settings, load_settings
from coachlake.signals.interruptions import interruptions
from coachlake.speech.decode import Audio, decode
from coachlake.speech.transcriber import DEPENDS_ON, Transcriber
from demonstration.transcription_figures import TranscribedCall, TranscribedTurn, transcription_figures
from ray_jobs.stage import Stage, load_conversation, save_conversation


def main() -> None:
    """Transcribe, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--profile", default="embedded")
    options = parser.parse_args()
    calls = list(transcribed_calls(load_settings(), options.profile))
    figures = {
        layout: asdict(transcription_figures([call for name, call in calls if name == layout]))
        for layout in ("two channels", "recorded in mono", "two channels mixed to mono")
    }
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")


def transcribed_calls(settings: Settings, profile: str) -> Iterator[tuple[str, TranscribedCall]]:
    """(layout, call) for every recording of the demonstration night that has gold."""
    transcriber, stage = Transcriber(profile), Stage(str(Path("var/cache").resolve()))
    for path in sorted((Path(settings.landing) / NIGHT.isoformat()).iterdir()):
        gold_file = gold_folder(settings) / f"{path.stem}.json"
        if not gold_file.exists():
            continue
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        audio, is_mono = decode(path), gold["layout"] == "mono"
        found = _transcribed(transcriber, stage, path, audio, gold["layout"])
        yield "recorded in mono" if is_mono else "two channels", _compared(gold, found)
        if not is_mono:
            mixed = Audio(audio.samples.sum(axis=0, keepdims=True), audio.source_rate_hz)
            yield "two channels mixed to mono", _compared(gold, _transcribed(transcriber, stage, path, mixed, "mono"))


def _transcribed(transcriber: Transcriber, stage: Stage, path: Path, audio: Audio, layout: str) -> Conversation:
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    parts = f"{content} {audio.channels} {layout} {transcriber.profile} {DEPENDS_ON.digest()}"
    key = hashlib.sha256(parts.encode()).hexdigest()
    if not stage.exists("transcripts", key, "json"):
        save_conversation(stage, key, transcriber.transcribe_audio(path.stem, audio, layout))
    return load_conversation(stage, key, path.stem)


def _compared(gold: dict[str, Any], conversation: Conversation) -> TranscribedCall:
    turns = [
        TranscribedTurn(turn.speaker, turn.start_s, turn.text, [(word.start_s, word.end_s) for word in turn.words])
        for turn in conversation.turns
    ]
    cuts = [signal.start_s for signal in interruptions(dialogue_of(conversation)) if signal.start_s is not None]
    return TranscribedCall(gold, turns, cuts)


if __name__ == "__main__":
    main()
