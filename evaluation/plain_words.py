"""Text as words are compared: lower case, without punctuation and fillers."""

import re

_FILLERS = {"um", "uh", "hm", "hmm", "mm", "er", "erm", "uhm"}
_SHORT = {
    r"\bgonna\b": "going to",
    r"\bwanna\b": "want to",
    r"\bgotta\b": "got to",
    r"\banytime\b": "any time",
    r"n't\b": " not",
    r"'re\b": " are",
    r"'ll\b": " will",
    r"'ve\b": " have",
    r"'m\b": " am",
    r"'s\b": " is",
}


def plain_words(text: str) -> str:
    """The words of `text` with a blank between: hyphens as blanks, contractions and numbers as written."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("-", " ").replace("’", "'"))
    return " ".join(word for word in words if word not in _FILLERS)


def in_full(text: str) -> str:
    """Plain words with contractions written out: one recogniser's "gonna" is another's "going to"."""
    for short, full in _SHORT.items():
        text = re.sub(short, full, text)
    return text
