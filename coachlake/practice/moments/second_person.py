"""What the customer said of themselves, as a rep would give it back: "my mother" becomes "your mother"."""

import re

_SWAPS = {
    "i am": "you are", "i'm": "you're", "i was": "you were", "i wasn't": "you weren't", "i've": "you've",
    "i'd": "you'd", "i'll": "you'll", "i": "you", "am": "are", "me": "you", "my": "your", "mine": "yours",
    "myself": "yourself", "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll", "we": "you",
    "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "you people": "we", "you guys": "we", "you lot": "we", "you": "we", "you've": "we've", "you're": "we're",
    "your": "our", "yours": "ours", "yourselves": "ourselves",
}  # fmt: skip
_WORDS = re.compile(
    r"(?<![\w'])(" + "|".join(sorted(map(re.escape, _SWAPS), key=len, reverse=True)) + r")(?![\w'])", re.IGNORECASE
)
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|yes|yeah|good (?:morning|afternoon|evening|day)|well|so|look|listen|honestly|to be honest"
    r"|okay|oh)\b[,.!]?\s*)+",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"^(?:(?:my name is|this is|i am|i'm)\s+[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?(?:\s(?:here|speaking))?"
    r"|[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?\s(?:here|speaking)|[A-Z][\w'-]+\s[A-Z][\w'-]+(?=[,.]))[,.]?\s*(?:and\s)?",
)
_MOST_WORDS = 26


def second_person(text: str) -> str:
    """`text` seen from the other side: I and you change places, in one pass."""
    return _WORDS.sub(lambda match: _SWAPS[match.group().lower()], text)


def core(text: str) -> str:
    """`text` without the greeting and introduction it starts with and the fragment it breaks off in."""
    plain = _INTRODUCTION.sub("", _GREETING.sub("", text.strip())) or text.strip()
    if not plain.endswith((".", "!", "?")) and "," in plain:
        plain = plain[: plain.rindex(",")] + "."
    return plain


def given_back(text: str) -> str | None:
    """The customer's words given back in short, without a full stop; None where they are too long to give back."""
    plain = core(text).rstrip(" .!?")
    clauses = re.split(r"(?<=\w),\s+", plain)
    while len(" ".join(clauses).split()) > _MOST_WORDS and len(clauses) > 1:
        clauses.pop()
    plain = ", ".join(clauses)
    if len(plain.split()) > _MOST_WORDS or not plain:
        return None
    turned = second_person(plain)
    return turned[0].lower() + turned[1:]
