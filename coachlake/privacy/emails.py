"""E-mail addresses, written and said: "john dot smith at gmail dot com"."""

import re
from collections.abc import Iterator

from coachlake.privacy.context import Context
from coachlake.privacy.found import Found
from coachlake.privacy.spelled import NUMBER_WORDS
from coachlake.privacy.stream import Stream

_WRITTEN = re.compile(r"(?<![\w.+'-])[a-z0-9][\w.+'-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")
_TLD = (
    r"(?:com|org|net|edu|gov|info|biz|io|me|app|dev|eu|uk|co|ie|us|ca|au|nz|za|in|de|fr|es|it|nl|be|ch|at|se|no|dk|fi"
    r"|pl|pt)"
)
_JOINS = frozenset({"dot", "period", "point", "underscore", "dash", "hyphen", "plus", "minus", "score"})
_JOIN = rf"(?:{'|'.join(sorted(_JOINS))}|under score)"
_PART = r"[a-z0-9][a-z0-9'_+-]{0,63}"
# Words of a host that has several; a verb or a pronoun among them is talk.
# "At this point in life" is no host in India.
_NO_HOST = (
    r"is|are|was|i|you|we|they|it|it's|my|your|our|or|to|in|on|for|website|so|but|because|if|when|at|this|that|one|some"
    r"|any|which|what|every"
)
_WORD = rf"(?!(?:{_NO_HOST})[ ,.]){_PART}"
_SPELLED = r"(?:(?:[a-z0-9],? ){2,24}[a-z0-9])"
_SITE = rf"(?!(?:www|wap)\.)[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{0,4}}\.{_TLD}"
_MAIL_HOST = r"(?:gmail|googlemail|hotmail|yahoo|outlook|icloud|aol|a o l)"
_TAIL = re.compile(
    r"(?<!\S)(?:at the rate(?: of)?|at|@),? (?:"
    rf"(?P<host>(?:{_SPELLED}|{_WORD})(?:,? (?:{_JOIN},? {_PART}|{_WORD})){{0,5}}?)"
    rf"(?:[,.]? (?:dot|point|period),? {_TLD}){{1,3}}|{_SITE}|{_MAIL_HOST}(?:\.[a-z.]{{1,6}})?)(?![a-z])"
)
# As recognisers write one whose `at` they did not hear: "kelly.reed.gmail.com"; any site where an address is asked for.
_RUN_TOGETHER = re.compile(
    rf"(?<!\S)(?!www\.)[a-z0-9][\w.'+-]*[.-]{_MAIL_HOST}\.[a-z]+|(?<!\S)(?!www\.)[\w.'+-]+\.{_TLD}(?![\w])"
)
_MAIL_HOSTS = re.compile(rf"\b{_MAIL_HOST}\b")
# What stands before an address that somebody tells.
_LEADS = frozenset(
    re.findall(
        r"\S+",
        """is it's its that's thats was be email e-mail mail id address to under from over use have got i've yes yeah
yep uh um er erm sure so okay ok probably please note or and my your his her their our send as for on""",
    )
)
# What people say before `at amazon dot com` that is nobody's mailbox; some are one where an address is asked for.
_MAILBOX_TOO = frozenset({"info", "sales", "support", "shop"})
_NO_MAILBOX = _MAILBOX_TOO | frozenset(
    re.findall(
        r"\S+",
        """website site online page store us me you him them it here there look looking looked find
found bought ordered order out up go log login book booked available sign signed work works""",
    )
)
_SOON = 6  # tokens of an answer before the address in it
_LONGEST_LOCAL = 24  # tokens: a name of ten letters, half of them explained


def emails_in(stream: Stream, context: Context) -> Iterator[Found]:
    """Every e-mail address in what one person says, its letters and digits with it."""
    for match in _WRITTEN.finditer(stream.text):
        at = stream.positions(*match.span())
        yield Found("EMAIL", at.start, at.stop - 1)
    yield from _run_together(stream, context)
    for match in _TAIL.finditer(stream.text):
        at = stream.positions(*match.span())
        places = stream.tokens[at.start].place, stream.tokens[at.stop - 1].place
        is_asked = context.mentions("email", *places) or _MAIL_HOSTS.search(match.group()) is not None
        if at.start and _is_mailbox(stream.bare[at.start - 1], is_asked):
            first = _first_of_local(stream, at.start, is_asked)
            local = "".join(token for token in stream.bare[first : at.start] if token not in _JOINS)
            yield Found("EMAIL", first, at.stop - 1, local.upper().replace("O", "0"))


def _run_together(stream: Stream, context: Context) -> Iterator[Found]:
    for match in _RUN_TOGETHER.finditer(stream.text):
        at = stream.positions(*match.span())
        place = stream.tokens[at.start].place
        is_answer = stream.tokens[at.start].index <= _SOON and context.about(place, place) == "email"
        if is_answer or _MAIL_HOSTS.search(match.group()):
            first = _first_of_local(stream, at.start + 1, is_answer)
            yield Found("EMAIL", first, at.stop - 1)


def _is_mailbox(word: str, is_asked: bool) -> bool:
    return word not in _NO_MAILBOX or (is_asked and word in _MAILBOX_TOO)


def _first_of_local(stream: Stream, at: int, is_asked: bool) -> int:
    """Where the part before the `at` at a position begins. One that is asked for may have several words."""
    first = at - 1
    while first and at - first < _LONGEST_LOCAL:
        letter = _explained_letter(stream, first)
        if letter is not None:
            first = letter
        elif _is_chained(stream, first) or (
            is_asked and not _ends(stream, first - 1) and not _leads(stream, first - 1)
        ):
            first -= 1
        else:
            break
    return first


def _explained_letter(stream: Stream, at: int) -> int | None:
    """Where the letter stands that the word at a position explains: `g` of "g as in george"."""
    for before in (at - 2, at - 3):
        said = stream.bare[max(0, before) : at]
        is_so = before >= 0 and len(said[0]) == 1 and tuple(said[1:]) in (("for",), ("as",), ("as", "in"))
        if is_so and stream.bare[at].startswith(said[0]):
            return before
    return None


def _is_chained(stream: Stream, at: int) -> bool:
    """Whether a token and the one before it are of one address in any case: joined, or both signs."""
    here, before = stream.bare[at], stream.bare[at - 1]
    if here in _JOINS or before in _JOINS:
        return before not in ("is", "and")
    return _is_sign(here) and _is_sign(before) and not _ends(stream, at - 1)


def _is_sign(token: str) -> bool:
    return len(token) == 1 or token.isdigit() or token in NUMBER_WORDS


def _leads(stream: Stream, at: int) -> bool:
    return stream.bare[at] in _LEADS


def _ends(stream: Stream, at: int) -> bool:
    """Whether a sentence ends there; the stop after an initial ends none."""
    return stream.ends_sentence(at) and (
        len(stream.bare[at]) > 1 or stream.tokens[at + 1].segment != stream.tokens[at].segment
    )
