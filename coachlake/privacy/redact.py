"""A transcript without its identifiers: each stands as its kind, `[CARD]`, for the same stretch of time."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Segment, Transcript
from coachlake.privacy.context import Context
from coachlake.privacy.found import Found, Kind
from coachlake.privacy.numbers import numbers_in, read_back
from coachlake.privacy.stream import Stream, Token
from coachlake.privacy.wording import words_in
from coachlake.sources import Sources

# What a redacted transcript depends on besides the one it is made of.
DEPENDS_ON = Sources(
    ("conversations/conversation.py", "conversations/transcript.py", "privacy", "sources.py"),
    without=("privacy/muted.py",),  # which seconds of a transcript that is redacted are silenced
)
_MARKER = re.compile(r"\[(CARD|NATIONAL_ID|BANK_ACCOUNT|PHONE|EMAIL|ADDRESS|DATE_OF_BIRTH|NAME|NUMBER)\]")
_TRAILING = re.compile(r"[.,;:!?…\"'”’]*$")


def redacted(transcript: Transcript, names: Sequence[str] = ()) -> Transcript:
    """The transcript with identifiers replaced in texts, words and voice alike; `names`: people's names to take out.

    English, written or as recognised; an identifier may be spread over turns and pauses of one speaker. Its words
    become one of the same time per segment, by which sound can be muted.
    """
    tokens = _tokens(transcript.segments)
    context = Context(tokens)
    marked: dict[int, dict[int, Kind]] = defaultdict(dict)  # segment → token → kind
    streams = _streams(transcript, tokens)
    said = [[*numbers_in(stream, context), *words_in(stream, context, names)] for stream in streams]
    placed = [
        (stream.tokens[found.first].place, found)
        for stream, of_stream in zip(streams, said, strict=True)
        for found in of_stream
        if found.signs
    ]
    for stream, of_stream in zip(streams, said, strict=True):
        again = read_back(stream, placed)
        for found in _longest_first([*of_stream, *again]):
            for token in stream.tokens[found.first : found.last + 1]:
                marked[token.segment].setdefault(token.index, found.kind)
    segments = tuple(
        _segment(segment, marked[at]) if marked.get(at) else segment for at, segment in enumerate(transcript.segments)
    )
    notes = (_note(marked),) if marked else ()
    return replace(transcript, segments=segments, notes=(*transcript.notes, *notes))


def hidden_kind(text: str) -> str | None:
    """What a token stands for, `card`; None where it is a word that was said."""
    marker = _MARKER.match(text)
    return marker.group(1).lower() if marker else None


def _tokens(segments: Sequence[Segment]) -> list[Token]:
    tokens: list[Token] = []
    for at, segment in enumerate(segments):
        for index, text in enumerate(_texts(segment)):
            start_s = segment.words[index].start_s if segment.words else segment.start_s
            tokens.append(Token(text, len(tokens), at, index, start_s))
    return tokens


def _texts(segment: Segment) -> list[str]:
    return [word.text.strip() for word in segment.words] if segment.words else segment.text.split()


def _streams(transcript: Transcript, tokens: Sequence[Token]) -> list[Stream]:
    of_speaker: dict[str, list[Token]] = defaultdict(list)
    for token in tokens:
        of_speaker[transcript.segments[token.segment].speaker].append(token)
    return [Stream(spoken, tokens) for spoken in of_speaker.values()]


def _longest_first(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda one: (one.first - one.last, one.first))


def _segment(segment: Segment, kinds: dict[int, Kind]) -> Segment:
    texts = _texts(segment)
    said: list[str] = []
    words: list[Word] = []
    for index, text in enumerate(texts):
        kind = kinds.get(index)
        word = segment.words[index] if segment.words else None
        if kind is None:
            said.append(text)
            words += [word] if word else []
        elif index and kinds.get(index - 1) == kind:
            said[-1] = _marker(kind, text)
            words[-1:] = [replace(words[-1], text=said[-1], end_s=word.end_s)] if word else []
        else:
            said.append(_marker(kind, text))
            words += [replace(word, text=said[-1])] if word else []
    return replace(segment, text=" ".join(said), words=tuple(words))


def _note(marked: dict[int, dict[int, Kind]]) -> str:
    counts = Counter(
        kind
        for kinds in marked.values()
        for index, kind in kinds.items()
        if kinds.get(index - 1) != kind  # a run of tokens is one
    )
    told = ", ".join(f"{count} x {kind.lower().replace('_', ' ')}" for kind, count in sorted(counts.items()))
    return f"Identifiers were taken out: {told}."


def _marker(kind: Kind, text: str) -> str:
    """The marker with the punctuation that ends what it stands for: sentences end where they did."""
    mark = _TRAILING.search(text)
    return f"[{kind}]{mark.group() if mark else ''}"
