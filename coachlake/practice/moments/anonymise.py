"""Names and identifiers out, facts kept: the same name gets the same stand-in throughout a call.

Every digit is replaced, so no number of the call survives whatever it was; spoken digit runs, dates of birth, e-mail
addresses and postcodes likewise. Names come from spaCy's entities and, because speech recognition writes names it has
never seen, from every capitalised word in mid-sentence that is no ordinary word, and from how people introduce
themselves. Presidio was weighed: its recognisers find the numbers this replaces anyway, and for names it calls spaCy.
"""

import hashlib
import re
from functools import cache
from typing import Any

from coachlake.language.words import MONTHS, ONE_TO_TWELVE, TENS

_FIRST = ("Alex", "Robin", "Kim", "Sasha", "Jamie", "Toni", "Chris", "Charlie", "Jules", "Noel")
_LAST = ("Merton", "Ashdown", "Calder", "Voss", "Penrose", "Lindqvist", "Tarn", "Holloway", "Brandt", "Keswick")
_PLACES = ("Northfield", "Easton", "Millbrook", "Westhaven", "Oakridge")
_COMPANIES = ("the company", "the other firm")
_NUMBER_WORDS = (
    f"zero|{ONE_TO_TWELVE}|oh|double|triple|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|{TENS}"
)
_ORDINALS = (
    r"(?:twenty|thirty)?[- ]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|twelfth"
    r"|eleventh|twentieth|thirtieth)|\d{1,2}(?:st|nd|rd|th)?"
)
_EMAIL = re.compile(r"\S+@\S+|\b\w+(?:(?: dot| underscore) \w+)* at \w+(?: dot \w+)+\b", re.IGNORECASE)
_URL = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_BIRTH = re.compile(
    rf"(?:the )?(?:{_ORDINALS}) (?:of )?(?:{MONTHS})(?:,? (?:\d{{2,4}}|(?:nineteen|twenty|{_NUMBER_WORDS})[- \w]*?))?"
    rf"(?=[.,?!]|$| and | but | so )",
    re.IGNORECASE,
)
_SPOKEN_RUN = re.compile(rf"\b(?:(?:{_NUMBER_WORDS})[ ,.-]+){{2,}}(?:{_NUMBER_WORDS})\b", re.IGNORECASE)
# Letters with digits belong to an identifier (policy AB-1234, postcode SW1A 1AA).
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]+\b")
_INTRODUCES = re.compile(
    r"\b(?:my name is|my name's|this is|i am|i'm|name's|speaking with|call me)\s+"
    r"((?:[A-Z][\w'-]+)(?:\s+[A-Z][\w'-]+)*)|\b([A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)*)(?=,? (?:here|speaking)\b)",
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Doctor|Professor)\.? ([A-Z][\w'-]+)")
_KEPT = frozenset(
    re.findall(
        r"\S+",
        """I I'm I've I'd I'll Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
        June July August September October November December Mr Mrs Ms Miss Dr Doctor Professor God Christmas Easter
        English Excel Windows Okay OK TV PC USB Wi-Fi WiFi GP""",
    )
)


class Anonymiser:
    """Replaces names and identifiers of one call. `known`: names the call facts already give (rep, customer)."""

    def __init__(self, known: tuple[str, ...] = ()) -> None:
        self._stand_ins: dict[str, str] = {}
        self._known = [name for name in known if name]

    def learn(self, texts: list[str]) -> None:
        """Find the names in all of the call first, so that one found in one place is replaced everywhere."""
        for name in self._known:
            self._person(name)
        for text in texts:
            for match in _INTRODUCES.finditer(text):
                self._person(match.group(1) or match.group(2))
            for match in _TITLED.finditer(text):
                self._person(match.group(1))
            self._entities(text)

    def replace(self, text: str) -> str:
        """`text` without the call's names and identifiers."""
        for pattern, stand_in in ((_EMAIL, "my usual address"), (_URL, "the website"), (_BIRTH, "the fourth of March")):
            text = pattern.sub(stand_in, text)
        text = _SPOKEN_RUN.sub("four eight one five", text)
        text = _CODE.sub("K47", text)
        for name in sorted(self._stand_ins, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", self._stand_ins[name], text, flags=re.IGNORECASE)
        return re.sub(r"\d+", _other_number, text)

    def _entities(self, text: str) -> None:
        document = _syntax()(text)
        for entity in document.ents:
            if entity.label_ == "PERSON":
                self._person(entity.text)
            elif entity.label_ in ("ORG", "PRODUCT"):
                self._name(entity.text, _COMPANIES)
            elif entity.label_ in ("GPE", "LOC", "FAC"):
                self._name(entity.text, _PLACES)
        for token in document:
            is_name = token.text[0].isupper() and not token.is_sent_start and token.pos_ in ("PROPN", "NOUN", "X")
            if is_name and token.text not in _KEPT and not token.text.isupper():
                self._person(token.text)

    def _person(self, name: str) -> None:
        words = [word for word in re.findall(r"[\w'-]+", name) if word not in _KEPT and len(word) > 1]
        for position, word in enumerate(words):
            if word[0].isupper():
                self._name(word, _FIRST if position == 0 else _LAST)

    def _name(self, name: str, stand_ins: tuple[str, ...]) -> None:
        plain = re.sub(r"^(?:the|a|an) ", "", name.strip(), flags=re.IGNORECASE)
        if plain in _KEPT or len(plain) < 2 or plain in self._stand_ins or not plain[0].isupper():
            return
        # Same name, same stand-in; and never a stand-in that is itself a name of the call.
        start = int(hashlib.sha256(plain.lower().encode()).hexdigest(), 16)
        choices = [stand_ins[(start + step) % len(stand_ins)] for step in range(len(stand_ins))]
        taken = {known.lower() for known in self._stand_ins} | {plain.lower()}
        self._stand_ins[plain] = next((one for one in choices if one.lower() not in taken), choices[0])

    @property
    def names(self) -> frozenset[str]:
        """Every name found."""
        return frozenset(self._stand_ins)


def _other_number(match: re.Match[str]) -> str:
    """Another number of the same length and size: a fact stays plausible, an identifier is gone."""
    digits = match.group()
    seed = int(hashlib.sha256(digits.encode()).hexdigest(), 16)
    first = str((int(digits[0]) + 1 + seed % 2) % 9 + 1)
    rest = "".join(str((int(digit) + 1 + (seed >> position) % 8) % 10) for position, digit in enumerate(digits[1:], 1))
    made = first + rest
    return made if made != digits else str((int(digits[0]) % 9) + 1) + rest


@cache
def _syntax() -> Any:
    import spacy

    from coachlake.models.weights import verified_weight

    # By path, as data: no code of the package runs.
    return spacy.load(verified_weight("spacy-en").parent)
