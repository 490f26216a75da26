"""Conversation into soft-skill evidence: calls in, scores with the second that earned them out.

`import coachlake` offers what docs/score_a_transcript.md shows, and loads nothing until it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coachlake.telemetry import turn_telemetry_off

if TYPE_CHECKING:
    from coachlake.api import evaluate as evaluate
    from coachlake.api import extract_signals as extract_signals
    from coachlake.api import load_rubric as load_rubric
    from coachlake.api import open_lake as open_lake
    from coachlake.api import read_dialogue as read_dialogue
    from coachlake.api import read_recording as read_recording
    from coachlake.api import read_transcript as read_transcript
    from coachlake.api import score as score
    from coachlake.api import to_frame as to_frame
    from coachlake.conversations.conversation import Turn as Turn
    from coachlake.conversations.dialogue import Dialogue as Dialogue
    from coachlake.conversations.known import Known as Known
    from coachlake.conversations.roles import WhoIsRepError as WhoIsRepError
    from coachlake.conversations.transcript import UnreadableTranscriptError as UnreadableTranscriptError
    from coachlake.rubrics.document import RubricError as RubricError
    from coachlake.rubrics.schema import Rubric as Rubric
    from coachlake.scoring.evidence import Evidence as Evidence
    from coachlake.scoring.evidence import Score as Score
    from coachlake.scoring.evidence import ScoreCard as ScoreCard
    from coachlake.signals.signal import Signal as Signal
    from coachlake.speech.decode import UnreadableAudioError as UnreadableAudioError

# Public name → the module that defines it. Kept equal to the imports above by tests/test_api.py.
_DEFINED_IN = {
    "evaluate": "coachlake.api",
    "extract_signals": "coachlake.api",
    "load_rubric": "coachlake.api",
    "open_lake": "coachlake.api",
    "read_dialogue": "coachlake.api",
    "read_recording": "coachlake.api",
    "read_transcript": "coachlake.api",
    "score": "coachlake.api",
    "to_frame": "coachlake.api",
    "Turn": "coachlake.conversations.conversation",
    "Dialogue": "coachlake.conversations.dialogue",
    "Known": "coachlake.conversations.known",
    "UnreadableTranscriptError": "coachlake.conversations.transcript",
    "WhoIsRepError": "coachlake.conversations.roles",
    "RubricError": "coachlake.rubrics.document",
    "Rubric": "coachlake.rubrics.schema",
    "Evidence": "coachlake.scoring.evidence",
    "Score": "coachlake.scoring.evidence",
    "ScoreCard": "coachlake.scoring.evidence",
    "Signal": "coachlake.signals.signal",
    "UnreadableAudioError": "coachlake.speech.decode",
}
__all__ = list(_DEFINED_IN)

# Here, because it comes before every import of a library by any part of coachlake.
turn_telemetry_off()


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version(__name__)
    if name not in _DEFINED_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_DEFINED_IN[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
