"""Check digits: whether a string of digits and capital letters can be what it looks like."""

import re

# Issuer ranges of payment cards and their lengths (ISO/IEC 7812; the ranges Visa, Mastercard, Amex, Discover, JCB,
# Diners, UnionPay and Maestro publish).
_CARD = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|6(?:011|5\d\d|4[4-9]\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11,16}|62\d{14,17}"
    r"|(?:5018|5020|5038|56|57|58|6[37]\d\d|6304|67)\d{8,15}"
)
_SHORTEST_CARD, _LONGEST_CARD = 13, 19
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_IBAN_FORM = re.compile(r"(?:GB|IE)\d{2}[A-Z]{4}\d{14}")
_IFSC = re.compile(r"[A-Z]{4}0[A-Z\d]\d{5}")
_PAN = re.compile(r"[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]")
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def is_card(digits: str) -> bool:
    """Whether a card can have this number: an issuer's range, its length, and Luhn's check digit (ISO/IEC 7812-1)."""
    return (
        _SHORTEST_CARD <= len(digits) <= _LONGEST_CARD
        and bool(_CARD.fullmatch(digits))
        and sum(int(d) for d in digits[-1::-2]) % 10 == -sum(sum(divmod(2 * int(d), 10)) for d in digits[-2::-2]) % 10
    )


def is_iban(text: str) -> bool:
    """Whether it is an international bank account number: ISO 13616's modulo 97, or the whole form of a British or
    Irish one, which a misheard digit does not make a number of something else."""
    if _IBAN_FORM.fullmatch(text):
        return True
    return bool(_IBAN.fullmatch(text)) and int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 == 1


def is_bank_code(text: str) -> bool:
    """Whether it has the form of an Indian bank branch's code (IFSC)."""
    return bool(_IFSC.fullmatch(text))


def is_routing(digits: str) -> bool:
    """Whether it is an American bank's routing number (ABA check digit)."""
    return (
        bool(re.fullmatch(r"(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}", digits))
        and sum(weight * int(d) for weight, d in zip((3, 7, 1) * 3, digits, strict=True)) % 10 == 0
    )


def is_national_id(text: str) -> bool:
    """Whether it has the form and check sign of an id that shows without anybody naming it.

    British National Insurance numbers, Irish PPS numbers, Indian PANs, Spanish DNI and NIE, Italian fiscal codes.
    """
    if _is_pps(text) or _PAN.fullmatch(text):
        return True
    if re.fullmatch(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", text):
        return True
    if re.fullmatch(r"[XYZ\d]\d{7}[A-Z]", text):
        number = int(text[:-1].translate(str.maketrans("XYZ", "012")))
        return text[-1] == _DNI_LETTERS[number % 23]
    return bool(re.fullmatch(r"[A-Z]{6}\d\d[A-EHLMPR-T]\d\d[A-Z]\d{3}[A-Z]", text))


def _is_pps(text: str) -> bool:
    """Seven digits, a check letter modulo 23, and since 2013 a second letter that counts nine times."""
    if not re.fullmatch(r"\d{7}[A-W][A-IW]?", text):
        return False
    second = 0 if text[8:] in ("", "W") else ord(text[8]) - ord("A") + 1
    total = sum(int(digit) * weight for digit, weight in zip(text[:7], range(8, 1, -1), strict=True)) + 9 * second
    return text[7] == "WABCDEFGHIJKLMNOPQRSTUV"[total % 23]
