"""What transcribers write instead of words: `[inaudible]`, `(crosstalk)`, `***`, `[laughter]`, `♪`.

None of it is anybody's words. Some says that there was speech nobody understood; some only how it sounded.
"""

import re
from typing import NamedTuple

# Terms of the transcription guides of Rev, GoTranscript, TranscribeMe, CallHome/LDC, Amazon and Whisper, and the same
# words in the languages whose exports carry them.
_UNHEARD = r"""inaudible|unintelligible|indiscernible|indistinct|incomprehensible|unclear|garbled|muffled|
    cross\s?-?talk(?:ing)?|over\s?-?talk(?:ing)?|overlapping(?:\ (?:speech|talk|voices|conversation))?|
    (?:multiple|several)\ (?:speakers|voices|people\ talking)|foreign(?:\ (?:language|speech))?|
    (?:speaks?|speaking|talks?|talking)\ (?:in\ )?(?:a\ )?(?:foreign(?:\ language)?|[a-z]{4,12})|
    ininteligible|ininteligível|inaudível|incompréhensible|unverständlich|onverstaanbaar|incomprensibile|niezrozumiałe|
    неразборчиво|xx+|\?+"""
_SOUND = r"""laugh(?:s|ter|ing)?|chuckl(?:es?|ing)|giggl(?:es?|ing)|sigh(?:s|ing)?|cough(?:s|ing)?|sneez(?:es?|ing)|
    sniff(?:s|les|ing)?|cry(?:ing)?|cries|sobbing|breath(?:s|ing|es)?|inhales?|exhales?|gasps?|
    clears?\ throat|throat\ clear(?:ing|s)|lip\ ?smack|yawn(?:s|ing)?|
    pauses?|(?:long|short|brief)\ pause|silence|(?:long\ )?silence|no\ (?:audio|speech|sound)|blank_audio|dead\ air|
    (?:hold\ |background\ |upbeat\ |soft\ )?(?:music|noises?|chatter|voices)(?:\ (?:playing|plays))?|static|applause|
    typing|keyboard(?:\ (?:clicking|typing|clacking))?|clicks?|clicking|beep(?:s|ing)?|tones?|dial\ tone|
    buzz(?:ing|er)?|(?:phone\ )?ring(?:s|ing|tone)?|phone\ rings|
    hold|on\ hold|call\ (?:on\ hold|ends?|ended|disconnected)|
    door\ (?:opens|closes|slams)|dog\ bark(?:s|ing)|bark(?:s|ing)|sound|
    música|musique|musik|muziek|musica|muzyka|музыка|aplausos|applaus|applaudissements|risas|risos|rires|lachen|
    смех|silencio|silence|pausa"""
# A time or a length may follow: "[inaudible 00:04:13]", "(crosstalk, 3 s)".
_WHEN = r"[\s,;:@-]*(?:at\s)?(?:\d[\d:.,]*\s?(?:s|sec|secs|seconds)?)?[\s.]*"
_OPEN, _CLOSE = r"[\[(<{*]+\s*", r"\s*[\])>}*]+"


def _bracketed(terms: str) -> re.Pattern[str]:
    return re.compile(f"{_OPEN}(?:{terms}){_WHEN}{_CLOSE}", re.IGNORECASE | re.VERBOSE)


_UNHEARD_MARK = re.compile(rf"{_bracketed(_UNHEARD).pattern}|(?<!\S)\*{{2,}}(?!\S)", re.IGNORECASE | re.VERBOSE)
_SOUND_MARK = re.compile(rf"{_bracketed(_SOUND).pattern}|[♪♫🎵🎶]+", re.IGNORECASE | re.VERBOSE)
_MAY_MARK = re.compile(r"[\[(<{*♪♫🎵🎶]")
_WHOLE_UNHEARD = re.compile(r"\s*(?:inaudible|unintelligible|crosstalk|\*{2,})[\s.]*", re.IGNORECASE)
_WHOLE_SOUND = re.compile(r"\s*(?:blank_audio|be+p|tone|[-–—.…,!?*_~\s]+)[\s.]*", re.IGNORECASE)


class Unmarked(NamedTuple):
    """A text without its markers: `tokens` for each blank-separated token of the text what is left of it ("" where
    nothing is), and how many places are marked as not understood."""

    tokens: list[str]
    unheard: int


def without_markers(text: str) -> Unmarked:
    """Take markers out of a text. Only known markers go: "(the blue one)" in a chat and "[NAME]" stay."""
    if _WHOLE_UNHEARD.fullmatch(text):
        return Unmarked([""] * len(text.split()), 1)
    if _WHOLE_SOUND.fullmatch(text):
        return Unmarked([""] * len(text.split()), 0)
    if not _MAY_MARK.search(text):
        return Unmarked(text.split(), 0)
    unheard = [match.span() for match in _UNHEARD_MARK.finditer(text)]
    spans = unheard + [match.span() for match in _SOUND_MARK.finditer(text)]
    kept = list(text)
    for start, end in spans:
        kept[start:end] = ["\0"] * (end - start)
    tokens = [
        "".join(char for char in kept[match.start() : match.end()] if char != "\0")
        for match in re.finditer(r"\S+", text)
    ]
    whole = text.split()
    tokens = [
        token if token == before or any(map(str.isalnum, token)) else ""
        for token, before in zip(tokens, whole, strict=True)
    ]
    return Unmarked(tokens, len(unheard))
