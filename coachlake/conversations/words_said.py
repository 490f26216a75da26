"""The words of a text in one form, each with its place: the same words whatever marks, capitals or fillers they came
with. What is learned from text and what is judged of it starts here."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´＇", "'"))
# A note of the transcriber: anything in square or angle brackets, or one of these in round ones. Other round brackets
# hold words that were said. Else a word: figures keep what stands inside them ("8.30", "1,250").
_NOTE_OR_WORD = re.compile(
    r"(?P<note>\[[^\]]*\]|<[^>]*>|\((?:inaudible|unintelligible|unclear|crosstalk|silence|pause|music|background|noise"
    r"|laugh|chuckl|sigh|cough|cry|sniff)[^)]*\))"
    r"|(?:(?<=\d)[.,:](?=\d)|[^\W_]|['’‘ʼ`´＇£$€%])+",
    re.IGNORECASE,
)
_INSIDE_NUMBER = re.compile(r"[.,:]")
# Sounds of hesitation and of listening (SWBD-DAMSL's fillers and non-word backchannels), in any spelling.
_FILLER = re.compile(r"u+h+m*|u+m+|u+hhu+h|e+r+m*|a+h+m*|h+m+|m+h+m+|m{2,}")
_AFTER_UH = re.compile(r"huh|hu*m+")
_UH = re.compile(r"u+h+m*|u+m+|m+")
# Contractions as they are written without their apostrophe, where that is no other word ("well", "its", "id" are).
_OTHERWISE_SPELT = {"ok": "okay", "yea": "yeah", "yeh": "yeah"} | {
    whole.replace("'", ""): whole
    for whole in re.findall(
        r"\S+",
        """aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mustn't shouldn't wasn't weren't won't
        wouldn't i'm i've you're you've we've they're they've they'll he's she's who's that's what's where's there's
        here's how's it'll that'll""",
    )
}
# Doubled on purpose ("very very", "bye bye", "had had"), or counted ("five five").
_DOUBLED = frozenset(
    re.findall(
        r"\S+",
        """had that very really so no bye oh zero nought one two three four five six seven eight nine ten eleven twelve
        twenty thirty forty fifty sixty seventy eighty ninety hundred""",
    )
)
_LONGEST_REPETITION = 4  # words


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word in its one form, and where it stands in the text: `text[start:end]`."""

    form: str
    start: int
    end: int


def words_said(text: str) -> list[SaidWord]:
    """The words of `text` in order: lower case, apostrophes straight and where they belong, no marks, no transcriber's
    notes, no fillers; of a word or a stretch of up to four said twice in a row the last."""
    kept: list[SaidWord] = []
    for word in _without_fillers(text):
        kept.append(word)
        while length := _repeated(kept):
            del kept[-2 * length : -length]
    return kept


def _without_fillers(text: str) -> Iterator[SaidWord]:
    before = ""
    for found in _NOTE_OR_WORD.finditer(text):
        if found["note"]:
            continue
        form = _form(found[0])
        is_filler = bool(_FILLER.fullmatch(form) or (_AFTER_UH.fullmatch(form) and _UH.fullmatch(before)))
        before = form
        if form and not is_filler:
            yield SaidWord(form, found.start(), found.end())


def _form(token: str) -> str:
    plain = unicodedata.normalize("NFKC", token).lower().translate(_APOSTROPHES)
    bare = _INSIDE_NUMBER.sub("", plain).strip("'")
    spelt: str = _OTHERWISE_SPELT.get(bare, bare)
    return spelt


def _repeated(words: list[SaidWord]) -> int:
    """How many last words repeat the ones before; 0 where none do or they may be meant."""
    for length in range(1, min(_LONGEST_REPETITION, len(words) // 2) + 1):
        last = [word.form for word in words[-length:]]
        meant = any(form in _DOUBLED or form.isdigit() for form in last)
        if not meant and last == [word.form for word in words[-2 * length : -length]]:
            return length
    return 0
