"""Which languages a conversation is in, by its text."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coachlake.admission.tokens import word_count
from coachlake.conversations.transcript import Segment

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Labels of the library that nobody speaks on a telephone, or that stand for English with names or errors in it far
# more often than for themselves (tests/admission/mixed.yaml).
_NOT_OFFERED = frozenset({"eo", "vo", "la", "sa", "wa", "an", "br", "ht", "oc"})
# Codes of one language, or of what a text alone does not tell apart.
_SAME = ({"no", "nb", "nn"}, {"hr", "bs", "sr"}, {"id", "ms"}, {"he", "iw"}, {"tl", "fil"})
# Turns are short: a speaker's neighbouring ones are read together until there are this many words, and long ones are
# read in pieces of this many.
_ALONE_WORDS = 5
_LONGEST_WORDS = 24
# A piece is in another language when the covered ones are this unlikely and that one this likely. A longer piece is in
# none of the covered ones even where no single other stands out (Hindi in Latin letters).
_UNLIKELY = 0.05
_LIKELY = 0.7
_LONG_WORDS = 8
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Languages:
    """What was said in which language. `words`: ISO 639-1 code (or OTHER where it is none that is covered and no
    single one stands out) → words. `foreign_words`: for each segment, how many of its words are in a language that is
    not covered."""

    words: Counter[str]
    foreign_words: tuple[int, ...]

    @property
    def foreign_share(self) -> float:
        """Share of all words in languages that are not covered, 0–1; 0 where nothing was said."""
        return sum(self.foreign_words) / total if (total := self.words.total()) else 0.0

    @property
    def main(self) -> str | None:
        """The language of most words; None where nothing was said."""
        return max(self.words, key=lambda code: self.words[code], default=None)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Consecutive text of one speaker: (segment index, words) of each part, and the text."""

    parts: tuple[tuple[int, int], ...]
    text: str

    @property
    def words(self) -> int:
        return sum(words for _, words in self.parts)


def languages_of(segments: Sequence[Segment], covered: Sequence[str]) -> Languages:
    """The languages of the segments' texts, `covered` ones (ISO 639-1) having the benefit of the doubt: a short piece,
    or one of names, is in the language of the rest."""
    accepted = _alike(covered)
    pieces = [(speaker, piece) for speaker, piece in _pieces(segments)]
    named = [_language(piece, accepted) for _, piece in pieces]
    usual = _usual(pieces, named) or covered[0]
    words: Counter[str] = Counter()
    foreign = [0] * len(segments)
    for (_, piece), code in zip(pieces, named, strict=True):
        language = code or usual
        words[language] += piece.words
        if language not in accepted:
            for index, count in piece.parts:
                foreign[index] += count
    return Languages(words, tuple(foreign))


def language_name(code: str) -> str:
    """English name of an ISO 639 code ("es" → "Spanish"); "another language" for OTHER."""
    from babel import Locale

    return "another language" if code == OTHER else Locale("en").languages.get(code, code)


def language_code(name: str | None) -> str | None:
    """ISO 639-1 code of what sources call a language: "en-US", "EN", "English", "eng"; None where it is none."""
    from babel import Locale
    from babel.core import get_global

    plain = (name or "").strip().lower().replace("_", "-").split("-")[0]
    if not plain or plain in ("auto", "und", "unknown", "multi", "mul"):
        return None
    names = Locale("en").languages
    if len(plain) == 2:
        return plain if plain in names else None
    if code := get_global("language_aliases").get(plain):
        return str(code)
    return next((code for code, known in names.items() if len(code) == 2 and known.lower() == plain), None)


def is_covered(code: str, covered: Sequence[str]) -> bool:
    """Whether a language is one of those, or one that text does not tell from them."""
    return code in _alike(covered)


def _alike(codes: Sequence[str]) -> frozenset[str]:
    return frozenset(codes).union(*(group for group in _SAME if group & set(codes)))


def _language(piece: _Piece, accepted: frozenset[str]) -> str | None:
    """Its language; None where the piece does not say ("no no no", "ok bye")."""
    if piece.words < _ALONE_WORDS:
        return None
    ranked = _identifier().rank(piece.text)
    likely = {code: probability for code, probability in ranked if code in accepted}
    if sum(likely.values()) >= _UNLIKELY:
        return str(max(likely, key=lambda code: likely[code]))
    code, probability = ranked[0]
    if probability >= _LIKELY:
        return str(code)
    return OTHER if piece.words >= _LONG_WORDS else None


def _usual(pieces: Sequence[tuple[str, _Piece]], named: Sequence[str | None]) -> str | None:
    """The language of most words of the pieces that say."""
    words: Counter[str] = Counter()
    for (_, piece), code in zip(pieces, named, strict=True):
        if code is not None:
            words[code] += piece.words
    return words.most_common(1)[0][0] if words else None


def _pieces(segments: Sequence[Segment]) -> Iterator[tuple[str, _Piece]]:
    """(speaker, piece): each speaker's text in pieces of five words and more; a short rest goes with what is before."""
    by_speaker: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, segment in enumerate(segments):
        by_speaker[segment.speaker] += [(index, part) for part in _parts(segment.text)]
    for speaker, parts in by_speaker.items():
        groups: list[list[tuple[int, str]]] = [[]]
        for part in parts:
            alone = word_count(part[1]) >= _ALONE_WORDS
            if groups[-1] and (alone or sum(word_count(text) for _, text in groups[-1]) >= _ALONE_WORDS):
                groups.append([])
            groups[-1].append(part)
        if len(groups) > 1 and sum(word_count(text) for _, text in groups[-1]) < _ALONE_WORDS:
            groups[-2:] = [groups[-2] + groups[-1]]
        for group in groups:
            counted = tuple((index, word_count(text)) for index, text in group)
            yield speaker, _Piece(counted, " ".join(text for _, text in group))


def _parts(text: str) -> list[str]:
    tokens = text.split()
    if word_count(text) > 2 * len(tokens):  # no blanks between words
        return [text]
    size = _LONGEST_WORDS
    return [" ".join(tokens[start : start + size]) for start in range(0, len(tokens), size)]


@cache
def _identifier() -> "LanguageIdentifier":
    """The library's model (4.6 MB), loaded once, when the first transcript needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == 2 and code not in _NOT_OFFERED])
    return identifier
