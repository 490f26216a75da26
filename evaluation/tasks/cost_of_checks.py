"""What it costs, beside transcribing, to find out who speaks, how many, in what language, and that it is a call."""

import cProfile
import pstats
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import process_time
from typing import Any

from coachlake.admission.admit import admit
from coachlake.conversations.known import Known
from coachlake.conversations.roles import decide_roles
from coachlake.speech.channels.arrangement import arrangement
from coachlake.speech.channels.leakage import cancelled
from coachlake.speech.channels.lost import lost_after
from coachlake.speech.channels.swap import swap_time
from coachlake.speech.decode import Audio, decode
from coachlake.speech.menu_sides import without_menus
from coachlake.speech.recogniser import Recogniser
from coachlake.speech.two_channels import with_voices_counted
from coachlake.speech.voices import voices_of_pieces
from evaluation.kit import EvaluationKit
from evaluation.result import TaskResult
from evaluation.sets import recordings
from evaluation.sets.find import NothingLabelledError, SetNotFoundError

_CHANNELS: tuple[Callable[..., Any], ...] = (arrangement, cancelled, swap_time, lost_after)
_VOICES: tuple[Callable[..., Any], ...] = (voices_of_pieces, with_voices_counted, without_menus)
_LANGUAGE: tuple[Callable[..., Any], ...] = (Recogniser.spoken_languages,)


def cost_of_checks(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """The checks' share of transcription for every two-channel recording: CPU seconds of this process, models loaded
    and warm; transcription (without the checks) from a plain run, the checks from a profiled one beside it."""
    paths: dict[str, Path] = {}
    with suppress(SetNotFoundError):
        paths |= {f"spokenwoz {name}": path for name, (path, _) in recordings.two_channel_words(folder).items()}
    with suppress(SetNotFoundError):
        paths |= {f"aws {name[:15]}": path for name, path in recordings.two_channel_calls(folder).items()}
    if not paths:
        raise NothingLabelledError("audio/spokenwoz, audio/aws")
    admit(kit.transcriber.transcript_of(decode(min(paths.values()))))  # loads and warms
    return [_measured(name, decode(path), kit) for name, path in paths.items()]


def _measured(name: str, audio: Audio, kit: EvaluationKit) -> TaskResult:
    started = process_time()
    transcript = kit.transcriber.transcript_of(audio)
    whole = process_time() - started
    profile = cProfile.Profile(process_time)
    profile.runcall(kit.transcriber.transcript_of, audio)
    started = process_time()
    admit(transcript)
    decide_roles(transcript, Known(rep_name="Mona Dietz"))
    text_s = process_time() - started
    parts = {
        "channels": _seconds(profile, _CHANNELS),
        "voices": _seconds(profile, _VOICES),
        "language": _seconds(profile, _LANGUAGE),
    }
    rest = whole - sum(parts.values())
    checks = sum(parts.values()) + text_s
    figures = {"transcription, CPU s": rest}
    figures |= {f"{part}, CPU s": seconds for part, seconds in parts.items()}
    figures |= {"admission and roles, CPU s": text_s, "checks / transcription": checks / rest}
    note = f"one call of {audio.duration_s:.0f} s; n in words"
    n = sum(len(segment.words) for segment in transcript.segments)
    return TaskResult("cost_of_checks", name, n=n, figures={**figures}, reach_for="≤ .03", note=note)


def _seconds(profile: cProfile.Profile, functions: tuple[Callable[..., Any], ...]) -> float:
    """Seconds in these functions and what they call."""
    known: Any = pstats.Stats(profile)
    codes = [function.__code__ for function in functions]
    keys = [(code.co_filename, code.co_firstlineno, code.co_name) for code in codes]
    return float(sum(known.stats[key][3] for key in keys if key in known.stats))
