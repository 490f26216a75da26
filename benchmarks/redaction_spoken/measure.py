"""What redaction leaves of identifiers that were spoken and recognised, and whether their seconds are silenced.

    python -m benchmarks.redaction_spoken.measure [--profile embedded] [--generated 12] [--show 30]

Each identifier is a stretch of its own, so its seconds are known. It is readable where the words which redaction
leaves within them hold three of its digits in a row (all, if it has fewer), four of its spelled letters, or a word of
it; bare where they hold nothing at all. It is silenced where the markers' seconds, widened as the player widens them,
cover its stretch but for half a second. Recordings and transcripts are kept
under `var/cache/redaction_spoken`: remove it to speak and hear them anew.
"""

import argparse
import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.redaction_calls import NAMES as GENERATED_NAMES
from benchmarks.redaction_heard.excerpts import NAMES
from benchmarks.redaction_spoken.left import is_readable
from benchmarks.redaction_spoken.speech import Spoken, calls, said, spoken
from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Transcript
from coachlake.display.intervals import wilson
from coachlake.privacy.muted import Muted, muted
from coachlake.privacy.redact import hidden_kind, redacted
from coachlake.speech.transcriber import Transcriber
from ray_jobs.stage import Stage, load_transcript, save_transcript

_EDGE_S, _PLAYERS_EDGE_S, _UNCOVERED_S = 0.1, 0.15, 0.5
_SIDES = {"rep": "left", "customer": "right"}


@dataclass
class Tally:
    """By (source, kind): identifiers, those readable, those of which any word is left, those silenced."""

    there: Counter[tuple[str, str]] = field(default_factory=Counter)
    readable: Counter[tuple[str, str]] = field(default_factory=Counter)
    any_left: Counter[tuple[str, str]] = field(default_factory=Counter)
    silenced: Counter[tuple[str, str]] = field(default_factory=Counter)
    markers: int = 0
    right: int = 0
    told: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def compare(pieces: list[Spoken], heard: Transcript, tally: Tally) -> None:
    """Count what is left of each identifier of one call, and how many markers stand where one was."""
    after = redacted(heard, (*NAMES, *GENERATED_NAMES))
    silent = list(muted(after.segments))
    private = [one for one in pieces if one.piece.kind]
    for one in private:
        _count(one, _words(after, one), silent, heard, tally)
    for segment in after.segments:
        for marker in (word for word in segment.words if hidden_kind(word.text)):
            is_right = any(_overlap(one, marker) > 0 for one in private if _may_be(segment.speaker, one))
            tally.markers += 1
            tally.right += is_right
            if not is_right:
                tally.told[pieces[0].piece.source].append(
                    f"wrong {marker.text} at {marker.start_s:.1f}: {_text(after)}"
                )


def _words(transcript: Transcript, one: Spoken) -> list[Word]:
    return [word for segment in transcript.segments if _may_be(segment.speaker, one) for word in segment.words]


def _may_be(label: str, one: Spoken) -> bool:
    """Whether somebody heard may be who spoke: by the channel, and anybody where the call was taken for a mixed one."""
    return label not in _SIDES.values() or label == _SIDES[one.piece.speaker]


def _count(one: Spoken, words: list[Word], silent: list[Muted], heard: Transcript, tally: Tally) -> None:
    key = (one.piece.source, str(one.piece.kind))
    within = [word for word in words if one.start_s - _EDGE_S <= (word.start_s + word.end_s) / 2 <= one.end_s + _EDGE_S]
    left = [word.text for word in within if not hidden_kind(word.text)]
    tally.there[key] += 1
    tally.any_left[key] += bool(left)
    tally.silenced[key] += _unmuted_s(one, silent) <= _UNCOVERED_S
    if is_readable(left, said(one.piece.text)):
        tally.readable[key] += 1
        tally.told[one.piece.source].append(
            f"leaked {one.piece.kind} “{said(one.piece.text)}” → {left}: {_text(heard)}"
        )


def _unmuted_s(one: Spoken, silent: list[Muted]) -> float:
    """Seconds of an identifier's stretch that the player does not silence."""
    left, at = 0.0, one.start_s
    for span in sorted(silent, key=lambda span: span.start_s):
        left += max(0.0, min(one.end_s, span.start_s - _PLAYERS_EDGE_S) - at)
        at = max(at, span.end_s + _PLAYERS_EDGE_S)
    return left + max(0.0, one.end_s - at)


def _overlap(one: Spoken, word: Word) -> float:
    return max(0.0, min(one.end_s, word.end_s + _PLAYERS_EDGE_S) - max(one.start_s, word.start_s - _PLAYERS_EDGE_S))


def _text(transcript: Transcript) -> str:
    return " / ".join(segment.text for segment in transcript.segments)


def measure(profile: str, generated: int, seed: int) -> Tally:
    """Speak, hear and redact every call."""
    folder = Path("var/cache/redaction_spoken").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    transcriber, stage, tally = Transcriber(profile), Stage(str(folder)), Tally()
    for name, pieces in calls(generated, seed):
        path, placed = spoken(name, pieces, folder)
        key = hashlib.sha256(path.read_bytes() + profile.encode()).hexdigest()
        if not stage.exists("transcripts", key, "json"):
            save_transcript(stage, key, transcriber.transcript(path))
        compare(placed, load_transcript(stage, key), tally)
    return tally


def main() -> None:
    """Print the table; leaks are shown of what may be looked at, not of the held-out half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", default="embedded")
    parser.add_argument("--generated", type=int, default=12)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--show", type=int, default=0)
    asked = parser.parse_args()
    tally = measure(asked.profile, asked.generated, asked.seed)
    print(f"{'source':12} {'kind':14} {'n':>4}  not readable (95 %)       bare  silenced")
    sources = sorted({source for source, _ in tally.there})
    kinds = sorted({kind for _, kind in tally.there})
    for source in sources:
        for kind in [*kinds, "all"]:
            _print(source, kind, [key for key in tally.there if key[0] == source and kind in (key[1], "all")], tally)
    low, high = wilson(tally.right, tally.markers)
    print(f"precision {tally.right / tally.markers:.3f} ({low:.3f} to {high:.3f}) of {tally.markers} markers")
    print(*[line for source in ("generated", "development") for line in tally.told[source][: asked.show]], sep="\n")


def _print(source: str, kind: str, keys: list[tuple[str, str]], tally: Tally) -> None:
    n = sum(tally.there[key] for key in keys)
    if n:
        kept = n - sum(tally.readable[key] for key in keys)
        low, high = wilson(kept, n)
        bare = 1 - sum(tally.any_left[key] for key in keys) / n
        silenced = sum(tally.silenced[key] for key in keys) / n
        print(f"{source:12} {kind:14} {n:4}  {kept / n:.3f} ({low:.3f} to {high:.3f})   {bare:.3f}  {silenced:.3f}")


if __name__ == "__main__":
    main()
