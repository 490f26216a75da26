"""Phone numbers, by the numbering plans of the countries whose calls are expected."""

import phonenumbers

from coachlake.privacy.stream import Run, Stream

# Where a number without its country is looked for, most likely first.
_REGIONS = ("GB", "US", "IE", "AU", "CA", "DE", "FR", "ES", "IT", "NL", "IN", "NZ", "ZA")
# The trunk prefix by which a number shows that it is one; Americans and Indians say ten digits without.
_TRUNK, _TEN = ("0", "1"), 10
_TOLL_FREE = (phonenumbers.PhoneNumberType.TOLL_FREE, phonenumbers.PhoneNumberType.SHARED_COST)


def is_toll_free(digits: str) -> bool:
    """Whether companies are called on it: nobody's own."""
    for region in _REGIONS[:2]:
        try:
            if phonenumbers.number_type(phonenumbers.parse(digits, region)) in _TOLL_FREE:
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def is_phone(stream: Stream, run: Run) -> bool:
    """Whether it is a person's number: valid in a numbering plan, and not one that companies are called on for free."""
    is_full = stream.tokens[run.first].text.lstrip("(\"'").startswith("+")
    return is_dialled(run.text, is_full or (run.first > 0 and stream.bare[run.first - 1] == "plus"))


def is_dialled(digits: str, is_full: bool = False) -> bool:
    """The same of digits; `is_full`: they begin with the country's code."""
    if not 9 <= len(digits) <= 15 or not (is_full or digits[0] in _TRUNK or len(digits) == _TEN):
        return False
    for region in (None,) if is_full else _REGIONS:
        try:
            parsed = phonenumbers.parse(digits if region else f"+{digits}", region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return phonenumbers.number_type(parsed) not in _TOLL_FREE
    return False
