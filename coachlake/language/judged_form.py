"""The one form in which text is learned from and judged: the same words read alike whatever marks, capitals or fillers
they arrived with. Quotes stay verbatim: this form is for models alone."""

import re
import unicodedata

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´＇", "'"))
# A note of the transcriber: anything in square or angle brackets, or one of these in round ones. Other round brackets
# hold words that were said.
_NOTE = re.compile(
    r"\[[^\]]*\]|<[^>]*>|\((?:inaudible|unintelligible|unclear|crosstalk|silence|pause|music|background|noise"
    r"|laugh|chuckl|sigh|cough|cry|sniff)[^)]*\)"
)
_INSIDE_NUMBER = re.compile(r"(?<=\d)[.,:](?=\d)")
_MARK = re.compile(r"[^\w'£$€%]+|_")
# Sounds of hesitation and of listening (SWBD-DAMSL's fillers and non-word backchannels), in any spelling.
_FILLER = re.compile(r"\b(?:u+h+ huh|u+h*m+ hu*m+|m+ h+m+|u+h+m*|u+m+|u+hhu+h|e+r+m*|a+h+m*|h+m+|m+h+m+|m{2,})\b(?!')")
# Contractions as they are written without their apostrophe, where that is no other word ("well", "its", "id" are).
_WITHOUT_APOSTROPHE = {
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


def judged_form(text: str) -> str:
    """The words of `text` in lower case, one blank between them: no marks, no transcriber's notes, no fillers,
    no word or stretch of up to four words said twice in a row; apostrophes straight and where they belong.

    Empty where nothing is left ("Um."). A form is its own form.
    """
    plain = unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES)
    plain = _MARK.sub(" ", _INSIDE_NUMBER.sub("", _NOTE.sub(" ", plain)))
    words = [word for piece in plain.split() if (word := piece.strip("'"))]
    words = [_WITHOUT_APOSTROPHE.get(word, word) for word in words]
    return " ".join(_said_once(_FILLER.sub(" ", " ".join(words)).split()))


def _said_once(words: list[str]) -> list[str]:
    """The words without those that repeat what stands just before them."""
    kept: list[str] = []
    for word in words:
        kept.append(word)
        while length := _repeated(kept):
            del kept[-length:]
    return kept


def _repeated(words: list[str]) -> int:
    """How many last words repeat the ones before; 0 where none do or they may be meant."""
    for length in range(1, min(_LONGEST_REPETITION, len(words) // 2) + 1):
        last = words[-length:]
        if last == words[-2 * length : -length] and not any(word in _DOUBLED or word.isdigit() for word in last):
            return length
    return 0
