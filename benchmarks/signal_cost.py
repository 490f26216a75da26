"""What the signals cost: transcribing a call against measuring its voices, extracting its signals and scoring it.

`python -m benchmarks.signal_cost [RECORDING] [--json FILE]`; without a recording, the first of the demonstration
night. One process, one thread, everything loaded and warmed on another call before the clock starts. The target: text
and voice signals with scoring take at most 15 % of the time of transcription.
"""

import argparse
import json
from pathlib import Path

from coachlake.cli.demo import NIGHT
from coachlake.settings import load_settings
from coachlake.speech.decode import decode
from evaluation.kit import EvaluationKit
from evaluation.tasks.cost import measure_cost


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", nargs="?", type=Path)
    parser.add_argument("--rubric", default="insurance_service")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    recordings = sorted((Path(load_settings().landing) / NIGHT.isoformat()).glob("demo-*.wav"))
    kit = EvaluationKit()
    measure_cost("warm", decode(recordings[1]), kit, options.rubric)
    audio = decode(options.recording or recordings[0])
    spent = measure_cost("cost", audio, kit, options.rubric)
    figures = {
        "call_s": audio.duration_s,
        "transcription_cpu_s": spent.transcription_s,
        "voice_cpu_s": spent.voice_s,
        "text_signals_and_scoring_cpu_s": spent.text_s,
        "share_of_transcription": spent.share_of_transcription,
    }
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
