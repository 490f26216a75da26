"""Names in front of what is said (`Name: text`, `[Name] text`), told from sentences that only look so.

A colon alone makes no name ("Next step: I will send it"). Decided over the whole file: a role or a number is a speaker
at once, a name recurs or looks like one where the rest of the file is written so, and what English puts before a
colon is none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coachlake.conversations.transcripts.labels import clean_label, is_numbered, participant_of, role_of

_LONGEST = 80
_BRACKETED = re.compile(r"[\[(（](?P<name>[^\[\]()（）\n]{1,60})[\])）]\s*[:：]?(?:\s+|$)(?P<rest>.*)", re.DOTALL)
_COLON = re.compile(r"(?P<name>[^:：\n]{1,80}?)\s{0,8}(?::(?:\s+|$)|：\s*)(?P<rest>.*)", re.DOTALL)
_TIGHT = re.compile(r"(?P<name>[^\W\d][^:：\n]{0,79}?(?<!\d)):(?!//)(?=\S)(?P<rest>.*)", re.DOTALL)
# Captions begin a new speaker's words with one of these, named or not.
_TURN = re.compile(r"^\s*(?:>{1,3}|[-–—](?=\s))\s*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Lower-case words inside people's names.
_PARTICLES = _words(
    "de del della der den di da do dos das du la le van von zu zur y e i bin ibn al el ben af av of the and"
)
# Closed-class English words and those that begin or end a note, a form field or a list: no name begins or ends so.
_FIRST = _words(
    """a an the my your our his her its their this that these those here there it what why how when where who which and
    but because if so then also or i we you he she they is was are okay ok yes no well look listen remember next first
    second third finally last one two three four five today tomorrow yesterday note ps please thanks question answer
    option step example important warning reminder summary subject re total"""
)
_LAST = _words(
    """number numbers address email e-mail phone date time step steps question questions answer option name note notes
    total amount price code reference id policy claim account is are was this that following these here subject summary
    point points thing things reason problem issue plan line example warning update"""
)
_DAYS = _words(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december"""
)
# What stands in brackets for a sound, not for a person.
_SOUNDS = re.compile(
    r"inaudible|unintelligible|indistinct|crosstalk|cross talk|overlapping|laugh\w*|applause|music\w*|silence|pause"
    r"|noise|beep\w*|cough\w*|sigh\w*|ringing|hold\w*|redacted|pii|blank.audio|foreign|speaking\b.*|background.*|dial.*",
    re.IGNORECASE,
)  # fmt: skip
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# Least share of a file's lines in front of which likely names stand, before a name seen once is believed.
_STYLE_SHARE = 0.3
# More names than any call has.
_MOST_NAMES = 50


@dataclass(frozen=True, slots=True)
class Said:
    """What one person says in one cue: their label, None where it names nobody; `is_new` where a sign says that
    another person begins to speak."""

    label: str | None
    text: str
    is_new: bool = False


def said_in(texts: Sequence[str], known: Iterable[str] = ()) -> list[list[Said]]:
    """For each text (a cue, a line), what is said in it by whom. `known`: names that the file lists elsewhere."""
    lines = [[_Line.of(line) for line in _split(text)] for text in texts]
    names = _names([line for cue in lines for line in cue], {_key(name) for name in known})
    spelled = {line.label for cue in lines for line in cue if line.label and _key(line.label) in names}
    inside = _inside(spelled)
    return [[part for said in _joined(cue, names) for part in _divided(said, inside)] for cue in lines]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its text, and the label and rest where something like a name stands in front."""

    text: str
    is_new: bool
    label: str | None = None
    rest: str = ""
    is_plain: bool = True

    @staticmethod
    def of(text: str) -> "_Line":
        turn = _TURN.match(text)
        body = text[turn.end() :] if turn else text.strip()
        head = body[: _LONGEST + 4]
        bracketed = _BRACKETED.match(body) if head[:1] in ("[", "(", "（") else None
        match = bracketed or (_COLON.match(body) if ":" in head or "：" in head else None)
        is_plain = bool(match)
        match = match or (_TIGHT.match(body) if ":" in head else None)
        label = clean_label(match["name"]) if match else ""
        if not match or not label or _SOUNDS.fullmatch(label):
            return _Line(body, bool(turn))
        return _Line(body, bool(turn), label, match["rest"].strip(), is_plain)


def _split(text: str) -> list[str]:
    """Lines of a cue; a `>>` inside a line starts one too."""
    return [part for line in text.split("\n") for part in re.split(r"\s(?=>>)", line) if part.strip()]


def _inside(names: Iterable[str]) -> re.Pattern[str] | None:
    """Where one of these names begins to speak in the middle of a line: after the end of a sentence."""
    written = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)[:_MOST_NAMES])
    return re.compile(rf"(?<=[.?!…]\s)(?:\[|\()?({written})(?:\]|\))?:\s") if written else None


def _divided(said: Said, inside: re.Pattern[str] | None) -> list[Said]:
    parts = inside.split(said.text) if inside else [said.text]
    others = [Said(name, text.strip(), True) for name, text in zip(parts[1::2], parts[2::2], strict=True)]
    return [Said(said.label, parts[0].strip(), said.is_new), *others]


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def _names(lines: Sequence[_Line], known: set[str]) -> set[str]:
    """Keys of the labels that are names."""
    found = Counter(_key(line.label) for line in lines if line.label)
    spelled = {_key(line.label): line for line in lines if line.label}
    sure = {key for key in found if key in known or _is_speaker(spelled[key].label or "")}
    likely = {key for key in found if _looks_like_a_name(spelled[key].label or "") and key not in sure}
    share = sum(found[key] for key in sure | likely) / max(1, len(lines))
    common = _lower_case_words(lines) if likely else set()
    names = set(sure)
    for key, count in found.items():
        line = spelled[key]
        recurs = count >= 3 and count >= 0.1 * len(lines)
        if key in sure or _is_vetoed(line.label or "", is_recurring=recurs and key in likely):
            continue
        if key not in likely or not line.is_plain:
            believed = recurs
        elif count >= 2:
            believed = True
        else:
            believed = share >= _STYLE_SHARE and not set(key.split()) <= common
        if believed:
            names.add(key)
    return names


def _is_speaker(label: str) -> bool:
    """Whether a label is a role, a number, an e-mail address, or a name with a role in parentheses."""
    is_address = _ADDRESS.fullmatch(label)
    return bool(
        is_address
        or role_of(label)
        or participant_of(label).role
        or (is_numbered(label) and re.search(r"[^\W\d]", label))
    )


def _looks_like_a_name(label: str) -> bool:
    """Few words, each with a capital or in a script without capitals, but for particles; no end of a sentence."""
    bare = re.sub(r"[(\[（].*?[)\]）]", "", label).strip()
    words = [word for word in re.split(r"[\s,]+", bare) if word]
    if not words or len(words) > 6 or bare[-1:] in "?!…" or not re.search(r"[^\W\d]", bare):
        return False
    return all(_is_capital(word) or (index > 0 and word.lower() in _PARTICLES) for index, word in enumerate(words))


def _is_capital(word: str) -> bool:
    first = next((sign for sign in word if sign.isalpha()), "")
    return not first.islower()


def _is_vetoed(label: str, *, is_recurring: bool) -> bool:
    words = re.findall(r"[\w'-]+", label.lower())
    if not words or len(label) > _LONGEST:
        return True
    if words[-1] in _LAST or (len(words) == 1 and words[0] in _DAYS):
        return True
    return words[0] in _FIRST and not is_recurring


def _lower_case_words(lines: Sequence[_Line]) -> set[str]:
    """Words that this transcript writes without a capital: no names."""
    return {word for line in lines for word in re.findall(r"[^\W\d]+", line.text) if word.islower()}


def _joined(lines: Sequence[_Line], names: set[str]) -> list[Said]:
    said: list[tuple[str | None, bool, list[str]]] = []
    for line in lines:
        if line.label and _key(line.label) in names:
            said.append((line.label, True, [line.rest]))
        elif said and not line.is_new:
            said[-1][2].append(line.text)
        else:
            said.append((None, line.is_new, [line.text]))
    return [Said(label, " ".join(parts).strip(), is_new) for label, is_new, parts in said]
