"""What a number is about: the words that were said last before it, by whoever said them."""

import re
from collections.abc import Sequence
from typing import Literal

from coachlake.privacy.spelled import bare
from coachlake.privacy.stream import Token

About = Literal[
    "card",
    "card_detail",
    "national_id",
    "bank",
    "phone",
    "email",
    "birth",
    "postcode",
    "address",
    "reference",
    "amount",
]
# How many tokens after it a subject still holds: a question, its answer and what is said while somebody fetches the
# card. A number of their own that follows an order number soon is asked for anew.
_REACH: dict[About, int] = {
    "card": 30, "card_detail": 14, "national_id": 20, "bank": 20, "phone": 20, "email": 20, "birth": 16, "postcode": 16,
    "address": 16, "reference": 12, "amount": 3,
}  # fmt: skip
_BEFORE, _BEHIND = max(_REACH.values()), 5
_WORDS: dict[About, str] = {
    "card_detail": r"cvv|cvc|cv2|security code|expir\w+|three digits|valid (?:until|thru|through|to)|pin|passcode",
    "card": r"(?:debit |credit |bank )?card(?: number)?|visa|master ?card|maestro|amex|american express|sixteen digits"
    r"|long number",
    "national_id": r"social security|(?:my|your|the) social(?! media| work\w*)|social insurance|s\.?s\.?n"
    r"|national insurance|n\.?i\.? number|nino|nhs|passport|(?:driver'?s?|drivers|driving) licen[cs]e"
    r"|tax (?:id\w*|file|payer)|taxpayer"
    r"|(?:national )?id(?:entity|entification)? (?:card|number|document)|national id|aadhaar"
    r"|medicare|itin|personal number|dni|nie|government id",
    "bank": r"account(?: number)?|bank (?:account|details)|sort code|routing(?: number)?|iban|direct debit|bic|swift",
    "phone": r"tele ?phone|(?:tele|mobile |cell |home |work |daytime |contact )?phone(?: number)?|mobile|cell ?phone"
    r"|cell|landline|whats ?app|(?:reach|call|ring|text|contact) (?:me|you|him|her|us|them)(?: back)?|call ?back|dial"
    r"|contact number|best number|which number|calling from|number you|extension",
    "email": r"e-?mail(?: address)?",
    "birth": r"date of birth|birth ?dates?|birthday|born|d\.?o\.?b\.?",
    "postcode": r"post ?code|post code|zip(?: ?code)?|postal code",
    "address": r"address|(?:i|we|you) live (?:at|in|on)|living (?:at|in|on)|(?:deliver|send) (?:it|this|them|to)"
    r"|first line|house number|street",
    "reference": r"order|reference|ref|ticket|case|claim|policy|tracking|parcel|serial|model|invoice|booking"
    r"|confirmation|imei|meter|sku|part number|item|flight|reservation|version|code(?! is on the back)|error|voucher",
    "amount": r"pounds?|dollars?|euros?|quid|bucks|cents|pence|percent",
}
_ANY = re.compile("|".join(f"(?P<{about}>\\b(?:{words})\\b)" for about, words in _WORDS.items()))


class Context:
    """All the call's tokens in time."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._bare = [bare(token.text) for token in tokens]

    def about(self, first: int, last: int) -> About | None:
        """The subject named last before the tokens at places `first` to `last`, else the one named right after them."""
        before = self._last(" ".join(self._bare[max(0, first - _BEFORE) : first]))
        return before or self._first(" ".join(self._bare[last + 1 : last + 1 + _BEHIND]))

    def mentions(self, about: About, first: int, last: int, reach: int | None = None) -> bool:
        """Whether a subject is named within its reach (or `reach` tokens) before those places, or shortly after."""
        text = " ".join(self._bare[max(0, first - (reach or _REACH[about])) : last + 1 + _BEHIND])
        return re.search(rf"\b(?:{_WORDS[about]})\b", text) is not None

    @staticmethod
    def _last(text: str) -> About | None:
        found: About | None = None
        for match in _ANY.finditer(text):
            about: About = match.lastgroup  # type: ignore[assignment]
            if text.count(" ", match.end()) < _REACH[about]:
                found = about
        return found

    @staticmethod
    def _first(text: str) -> About | None:
        match = _ANY.search(text)
        return match.lastgroup if match else None  # type: ignore[return-value]
