"""What a number is about: the words that were said last before it, by whoever said them."""

import re
from collections.abc import Sequence
from typing import Literal

from coachlake.privacy.spelled import bare
from coachlake.privacy.stream import Token

About = Literal[
    "card", "card_detail", "national_id", "bank", "phone", "email", "birth", "postcode", "house", "address", "place",
    "reference", "amount",
]  # fmt: skip
# How many tokens after it a subject still holds: a question, its answer and what is said while somebody fetches the
# card. A number of their own that follows an order number soon is asked for anew.
_REACH: dict[About, int] = {
    "card": 30, "card_detail": 14, "national_id": 20, "bank": 20, "phone": 20, "email": 20, "birth": 16, "postcode": 16,
    "house": 8, "address": 16, "place": 8, "reference": 12, "amount": 3,
}  # fmt: skip
_BEFORE, _BEHIND = max(_REACH.values()), 5
# Abbreviations may be spelled: "c v v", "d.o.b". A card that is no payment card is named with what it is.
_WORDS: dict[About, str] = {
    "card_detail": r"c\.? ?v\.? ?(?:v|c|two|2)|security (?:code|number)|expir\w+|expires|exp|signature strip|last three"
    r"|valid (?:until|thru|through|to|up to|from)|good (?:thru|through)|start date|three (?:digits?|numbers?)"
    r"|(?:three|four|digits?|numbers?|code) on the (?:front|back|reverse|signature)|pin(?! ?code)|passcode",
    "card": r"(?:debit |credit |bank |atm )?card(?: number)?|visa|master ?card|maestro|rupay|amex|american express"
    r"|(?:sixteen|16) digit\w*|long number",
    "national_id": r"(?:(?:my|your|the|full|her|his) )?social (?:security(?: number)?|insurance|number)"
    r"|(?:my|your|the|full|her|his|of|or|and) social(?:'s)?(?! media| work\w*| club)|social(?:'s| is)"
    r"|s\.? ?s\.? ?n|p\.? ?p\.? ?s(?:\.? ?n)?|national insurance|n\.? ?i\.? number|my n ?i|nino"
    r"|n\.? ?h\.? ?s(?: number)?|passport(?: card)?|(?:driver'?s?|drivers|driving) licen[cs]e|taxpayer"
    r"|tax (?:id\w*|file|payer)|(?:e-?pic|voter'?s?|green|residence|resident|citizen|pan|a+dh?a+r) (?:card|id)"
    r"(?: number)?|pan(?: number)|a+dh?a+r|alien number|(?:national )?id(?:entity|entification)? (?:card|number)"
    r"|national id|id(?:entity)? document|medicare(?: card)?|medicaid|itin|personal number|dni|nie|government id",
    "bank": r"account(?: number)?|a slash c|bank (?:account|details)|sort ?code(?:'?s)?|routing(?: number)?|i ?-?ban"
    r"|i\.? ?f\.? ?s\.? ?c(?: code)?|direct debit|b\.? ?i\.? ?c|swift",
    "phone": r"tele ?phone|(?:tele|mobile |cell |home |work |daytime |contact )?phone(?: number)?|mobile|cell ?phone"
    r"|cell|landline|whats ?app|(?:reach|call|ring|text|contact) (?:me|you|him|her|us|them)(?: back)?|call ?back|dial"
    r"|(?:contact|best|daytime|evening|alternate|alternative|what|which|my) number|calling from"
    r"|number (?:are )?you|number for you|good number|area code|extension",
    "email": r"e-?mail(?: address| id)?|mail id",
    "birth": r"dates? of birth|birth ?dates?|birth ?days?|born|d\.? ?o\.? ?b\.?"
    r"|(?:month and (?:the )?day|day and (?:the )?month)",
    "postcode": r"post ?code|zip(?: ?code)?|postal code|pin ?code|air ?code|eir ?code",
    "house": r"(?:house|flat|door|unit|apartment) number|number of the house|the house is",
    "address": r"address|(?:i|we|you|she|he|they)(?:'m|'re| am| are)? (?:liv\w+|stay\w+) (?:at|in)"
    r"|living (?:at|in)|(?:deliver|send|ship) (?:it|this|them|to)|first line|street",
    # One lives on a street, and on a pension.
    "place": r"(?:i|we)(?:'m|'re| am| are) (?:at|in)|moved to|at home|(?:liv\w+|stay\w+) on",
    "reference": r"(?<!for the )(?<!for your )(?<!for )(?<!on the )(?<!to the )(?:order(?! to)|reference|ref|ticket"
    r"|(?<!in )case(?! you)|claim|policy|tracking|parcel|serial|model|invoice|booking|confirmation|consignment"
    r"|complaint|imei|meter|sku|part number|item|flight|train|reservation|version|error"
    r"|(?<!area )code(?! (?:is )?on the back)|voucher|prescription)",
    "amount": r"pounds?|dollars?|euros?|rupees?|quid|bucks|cents|pence|percent",
}
_ANY = re.compile("|".join(f"(?P<{about}>\\b(?:{words})\\b)" for about, words in _WORDS.items()))


_SPELLED = re.compile(r"^[a-z](?:-[a-z])+$")


class Context:
    """All the call's tokens in time."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        # `D-O-B` as some recognisers write it is `dob`.
        self._bare = [_SPELLED.sub(lambda said: said.group().replace("-", ""), bare(token.text)) for token in tokens]

    def about(self, first: int, last: int) -> About | None:
        """The subject named last before the tokens at places `first` to `last`, else the one named right after them."""
        before = self._last(" ".join(self._bare[max(0, first - _BEFORE) : first]))
        return before or self._first(" ".join(self._bare[last + 1 : last + 1 + _BEHIND]))

    def mentions(self, about: About, first: int, last: int, reach: int | None = None) -> bool:
        """Whether a subject is named within its reach (or `reach` tokens) before those places, or shortly after."""
        return self.is_said(about, max(0, first - (reach or _REACH[about])), last + 1 + _BEHIND)

    def is_said(self, about: About, start: int, stop: int) -> bool:
        """Whether a subject is named in the tokens from `start` up to `stop`."""
        return re.search(rf"\b(?:{_WORDS[about]})\b", " ".join(self._bare[start:stop])) is not None

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
