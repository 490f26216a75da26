"""Bytes of a transcript file into text: by mark, as UTF-8, else by what a detector finds likeliest."""

import codecs
import re

from coachlake.conversations.transcript import UnreadableTranscriptError

# Longest marks first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings that transcript tools and spreadsheets write where they do not write UTF-8.
_LEGACY = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp932",
    "gb18030",
    "big5",
    "euc_kr",
    "iso8859_2",
    "koi8_r",
]
# Signs of cp1252 that stand beside no letter in any language written in it; other code pages have letters there.
_NO_LETTER = "[¢£¤¥¦§¨©¬®¯±³¶¸¹¼½¾×÷]"
_IN_A_WORD = re.compile(rf"{_NO_LETTER}(?=[^\W\d_])|(?<=[^\W\d_]){_NO_LETTER}")
TRIED = f"UTF-8, UTF-16, UTF-32, {', '.join(_LEGACY)}"
# Not a text in any encoding, and what people take for one.
_OTHER_FILES = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
)


def decoded(raw: bytes) -> tuple[str, str]:
    """Text of a file, and the name of its encoding; line ends are "\\n".

    Raises UnreadableTranscriptError where the file is a document of another kind, or its encoding cannot be told;
    the message names the encodings that are tried.
    """
    for signature, kind in _OTHER_FILES:
        if raw.startswith(signature):
            raise UnreadableTranscriptError(f"{kind}, not a transcript: save it as plain text, VTT, SRT, CSV or JSON")
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), None) or _without_mark(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _untold(f"it begins as {encoding.upper()} but does not go on so") from error
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding.removesuffix("-sig")


def _without_mark(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return _utf16_without_mark(raw) or _legacy(raw)
    return _utf16_without_mark(raw) or "utf-8"


def _utf16_without_mark(raw: bytes) -> str | None:
    """UTF-16 by its zero bytes: Latin letters have one in every second place."""
    head = raw[:2000]
    pairs = max(1, len(head) // 2)
    if head[1::2].count(0) > 0.4 * pairs:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > 0.4 * pairs else None


def _legacy(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(raw, cp_isolation=_LEGACY, preemptive_behaviour=False)
    best = matches.best()
    if best is None:
        raise _untold("no encoding fits its bytes")
    # An English text with one foreign name is equal in many code pages: then the one Windows uses in the West.
    equals = {name for match in matches if match.chaos <= best.chaos for name in match.could_be_from_charset}
    is_western = "cp1252" in equals and not _IN_A_WORD.search(raw.decode("cp1252", errors="replace"))
    return "cp1252" if is_western else best.encoding


def _untold(why: str) -> UnreadableTranscriptError:
    return UnreadableTranscriptError(
        f"text in an encoding that cannot be told ({why}): tried {TRIED}; save it as UTF-8"
    )
