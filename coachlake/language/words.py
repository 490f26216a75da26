"""Small word patterns that several questions about a sentence share.

A pattern that differs on purpose stands where it is used, under a name that says how it differs.
"""

import re

MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
ONE_TO_TWELVE = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
# The other is spoken to, or something of theirs: "you", "you're", "your"; not "yours", "yourself".
ADDRESSES_YOU = re.compile(r"\byour?\b", re.IGNORECASE)
# The other in any form, as people also write it.
YOU_IN_ANY_FORM = re.compile(r"\b(?:you|u|ya|your|yours|yourself|youre)\b")
_BLANKS = re.compile(r"\s+")


def lowered(text: str) -> str:
    """`text` in lower case with straight apostrophes."""
    return text.lower().replace("’", "'")


def single_blanks(text: str) -> str:
    """`text` with each stretch of blanks as one."""
    return _BLANKS.sub(" ", text)
