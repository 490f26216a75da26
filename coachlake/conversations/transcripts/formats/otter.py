"""A text of paragraphs under a line with name and time, as Otter (`Ana Ruiz  0:12`), Teams' Word download saved as
text, Rev (`Speaker 1 (00:12):`) and Zoom's text file (`[Ana Ruiz] 10:02:33`) write it."""

import re
from dataclasses import replace

from coachlake.conversations.transcript import Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.clock import CLOCK, clock_s, since_first
from coachlake.conversations.transcripts.names import said_in
from coachlake.conversations.transcripts.piece import Piece

NAME = "Otter text"
_HEADER = re.compile(rf"^\[?(?P<name>[^\[\]\n]{{1,80}}?)\]?[\s|,–-]{{1,8}}[\[(]?(?P<time>{CLOCK})[\])]?\s*:?$")


def is_otter(text: str) -> bool:
    """Whether a text has lines of a name and a time, with text below."""
    lines = [line.strip() for line in text[:200_000].split("\n") if line.strip()]
    return len(_headers(lines)) >= min(2, len(lines) // 2) > 0


def read_otter(text: str) -> Transcript:
    """The transcript in such paragraphs. Starts are to the second and ends are not given, so it is untimed.

    Raises UnreadableTranscriptError where nobody is named.
    """
    lines = [line.strip() for line in text.split("\n")]
    headers = _headers(lines)
    found: list[tuple[int, str, float | None, list[str]]] = []
    heading = 0
    for index, line in enumerate(lines):
        if index in headers:
            found.append((index + 1, *headers[index], []))
        elif found:
            found[-1][3].append(line)
        else:
            heading += bool(line)
    starts = [start for _, _, start, _ in found]
    if starts and (starts[0] or 0.0) >= 3600:
        starts = since_first(starts)
    pieces = [Piece(f"line {number}", label, " ".join(body)) for number, label, _, body in found]
    pieces = [replace(piece, start_s=start) for piece, start in zip(pieces, starts, strict=True)]
    notes = [f"{heading} lines above the first name were left out as a heading"] if heading else []
    return assembled(NAME, pieces, advice="export it with speaker names and times", notes=notes)


def _headers(lines: list[str]) -> dict[int, tuple[str, float | None]]:
    """Index of each header line → its label and time. A sentence that ends in a time is none."""
    matches = [(index, match) for index, line in enumerate(lines) if (match := _HEADER.match(line[:120]))]
    matches = [(index, match) for index, match in matches if len(lines[index]) <= 120]
    judged = said_in([f"{match['name']}: -" for _, match in matches])
    return {
        index: (said[0].label, clock_s(match["time"]))
        for (index, match), said in zip(matches, judged, strict=True)
        if said and said[0].label
    }
