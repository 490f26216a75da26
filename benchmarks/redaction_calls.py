"""Calls with identifiers whose place is known, written and as recognisers write speech; and numbers that are none.

Each sentence is put together here, with a seed; nothing in it belongs to anybody.
"""

import random
import re
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from coachlake.conversations.transcript import Segment, Transcript
from coachlake.privacy.found import Kind

_DIGITS: list[str] = re.findall(r"\S+", """zero one two three four five six seven eight nine""")
_TEENS: list[str] = re.findall(
    r"\S+", """ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"""
)
_TENS: list[str] = re.findall(r"\S+", """_ _ twenty thirty forty fifty sixty seventy eighty ninety""")
_MONTHS: list[str] = re.findall(
    r"\S+", """January February March April May June July August September October November December"""
)
_RANKS: list[str] = re.findall(
    r"\S+",
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""",
)
_FIRST: list[str] = re.findall(r"\S+", """Priya Tomasz Odile Marcus Ingrid Dewi Farah Lorenzo Beatrix Kwame""")
_LAST: list[str] = re.findall(
    r"\S+", """Hargreaves Okonjo Lindholm Castellan Prakash Whitlock Dunmore Sorensen Ferreira Abernathy"""
)
_STREETS: list[str] = re.findall(
    r"\S+", """Larkspur Millbank Copper Beech Quarry Saint Hilda's Windermere Dunlin Old Mill Ashgrove Fenwick"""
)
_STREET_KINDS: list[str] = re.findall(r"\S+", """Street Road Avenue Lane Crescent Terrace Boulevard Drive Close""")
_HOSTS: list[str] = re.findall(r"\S+", """gmail hotmail outlook fastmail btinternet northlight brightwater icloud""")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of what is said; `kind` where it is an identifier, None where it is ordinary talk."""

    text: str
    kind: Kind | None = None
    form: str = ""  # written | spoken


@dataclass(slots=True)
class Call:
    """Turns of (speaker, parts) and, once built, where each identifier's tokens stand."""

    turns: list[tuple[str, list[Part]]] = field(default_factory=list)

    def transcript(self) -> Transcript:
        """The call as a transcript without word times."""
        segments = tuple(
            Segment(speaker, 6.0 * at, 6.0 * at + 5, " ".join(part.text for part in parts))
            for at, (speaker, parts) in enumerate(self.turns)
        )
        return Transcript(segments, (), "generated", duration_s=6.0 * len(segments))

    def identifiers(self) -> Iterator[tuple[Part, int, range]]:
        """(identifier, turn, its tokens there) of each; one that is spread over turns is several."""
        for turn, (_, parts) in enumerate(self.turns):
            at = 0
            for part in parts:
                count = len(part.text.split())
                if part.kind:
                    yield part, turn, range(at, at + count)
                at += count


def call(rng: random.Random) -> Call:
    """A call in which four to seven subjects come up, about half of them with an identifier."""
    made = Call()
    subjects = rng.sample(_SUBJECTS, rng.randint(4, 7)) + rng.sample(_DECOYS, rng.randint(3, 5))
    rng.shuffle(subjects)
    made.turns.append(("rep", [Part("Thanks for calling, how can I help you today?")]))
    for subject in subjects:
        made.turns += subject(rng)
        if rng.random() < 0.5:
            made.turns.append((rng.choice(["rep", "customer"]), [Part(rng.choice(_CHATTER))]))
    return made


def identifier_turns(subject: int, rng: random.Random) -> "Turns":
    """The turns in which one of the eight kinds of identifiers is asked for and told."""
    return _SUBJECTS[subject](rng)


Turns = list[tuple[str, list[Part]]]
_CHATTER = (
    "Okay, let me have a look at that for you.", "It has been like this since last Tuesday.", "Bear with me a second.",
    "I've rung three times about this already.", "That's no problem at all.", "The line dropped twice this week.",
    "I understand, that must be frustrating.", "Right, so what happens next?", "There are two of us in the house.",
)  # fmt: skip
_HEARD = ("Mm-hm.", "Yes.", "Okay, go on.", "Got that.")


def spoken_digits(digits: str, rng: random.Random) -> str:
    """Digits as people dictate them: one by one, with doubles, in pairs, some as `oh`."""
    words: list[str] = []
    at = 0
    while at < len(digits):
        here, after = digits[at], digits[at + 1 : at + 2]
        if here == after and rng.random() < 0.6:
            is_triple = digits[at : at + 3] == here * 3 and rng.random() < 0.5
            words += [rng.choice(["triple", "treble"]) if is_triple else "double", _digit(here, rng)]
            at += 3 if is_triple else 2
        elif after and here in "23456789" and after != "0" and rng.random() < 0.08:
            words += [_TENS[int(here)], _DIGITS[int(after)]]
            at += 2
        elif after and here == "1" and rng.random() < 0.08:
            words.append(_TEENS[int(after)])
            at += 2
        else:
            words.append(_digit(here, rng))
            at += 1
        if rng.random() < 0.04 and at < len(digits):
            words.append(rng.choice(["uh", "um", "and"]))
    return " ".join(words)


def _digit(sign: str, rng: random.Random) -> str:
    return rng.choice(["zero", "oh", "oh"]) if sign == "0" else _DIGITS[int(sign)]


def _luhn(start: str, length: int, rng: random.Random) -> str:
    body = start + "".join(rng.choice(string.digits) for _ in range(length - 1 - len(start)))
    doubled = sum(sum(divmod(2 * int(d), 10)) for d in body[-1::-2]) + sum(int(d) for d in body[-2::-2])
    return body + str(-doubled % 10)


def _card(rng: random.Random) -> Turns:
    start, length = rng.choice([("4", 16), ("52", 16), ("37", 15), ("6011", 16), ("2305", 16)])
    number = _luhn(start, length, rng)
    cut = [number[i : i + 4] for i in range(0, length, 4)] if length == 16 else [number[:4], number[4:10], number[10:]]
    asked = rng.choice([
        "Can I take the long number on the card?", "And what's your card number?", "Which card would you like to use?",
        "I'll need your debit card details.",
    ])  # fmt: skip
    turns: Turns = [("rep", [Part(asked)])]
    form = rng.random()
    if form < 0.25:
        said = rng.choice([" ", "-", ""]).join(cut)
        turns.append(("customer", [Part(rng.choice(["It's", "Yes,", "Sure,"])), Part(f"{said}.", "CARD", "written")]))
    elif form < 0.55:
        said = ", ".join(spoken_digits(group, rng) for group in cut)
        turns.append(
            ("customer", [Part(rng.choice(["It's", "Okay,", "So that's"])), Part(f"{said}.", "CARD", "spoken")])
        )
    else:
        for group in cut:
            turns.append(("customer", [Part(f"{spoken_digits(group, rng)},", "CARD", "spoken")]))
            if rng.random() < 0.7:
                turns.append(("rep", [Part(rng.choice(_HEARD))]))
    if rng.random() < 0.5:
        month, year, code = f"{rng.randint(1, 12):02d}", str(rng.randint(27, 33)), f"{rng.randint(100, 999)}"
        turns.append(("rep", [Part("And the expiry date?")]))
        is_written = form < 0.25
        date = f"{month}/{year}." if is_written else f"{spoken_digits(month, rng)} {spoken_digits(year, rng)}."
        turns.append(("customer", [Part(date, "CARD", "written" if is_written else "spoken")]))
        turns.append(("rep", [Part("The security code on the back?")]))
        said = f"{code}." if is_written else f"{spoken_digits(code, rng)}."
        turns.append(("customer", [Part(said, "CARD", "written" if is_written else "spoken")]))
    return turns


def _national_id(rng: random.Random) -> Turns:
    if rng.random() < 0.5:
        number = f"{rng.randint(1, 665):03d}{rng.randint(1, 99):02d}{rng.randint(1, 9999):04d}"
        asked = rng.choice(["Can you confirm your social security number?", "And your social?", "What is your SSN?"])
        if rng.random() < 0.4:
            return _answer(asked, f"{number[:3]}-{number[3:5]}-{number[5:]}", "NATIONAL_ID", "written", rng)
        said = " ".join(spoken_digits(part, rng) for part in (number[:3], number[3:5], number[5:]))
        return _answer(asked, said, "NATIONAL_ID", "spoken", rng)
    letters = rng.choice(["AB", "CE", "JK", "PR", "SW", "YX"])
    digits, last = f"{rng.randint(0, 999999):06d}", rng.choice("ABCD")
    asked = rng.choice(["What is your National Insurance number?", "Could you give me your national insurance number?"])
    if rng.random() < 0.4:
        return _answer(
            asked, f"{letters} {digits[:2]} {digits[2:4]} {digits[4:]} {last}", "NATIONAL_ID", "written", rng
        )
    said = " ".join([*letters, spoken_digits(digits, rng), last])
    return _answer(asked, said, "NATIONAL_ID", "spoken", rng)


def _bank(rng: random.Random) -> Turns:
    if rng.random() < 0.3:
        body = "".join(rng.choice(string.digits) for _ in range(14))
        bank = "".join(rng.choice(string.ascii_uppercase) for _ in range(4))
        check = 98 - int("".join(str(int(c, 36)) for c in bank + body + "GB00")) % 97
        iban = f"GB{check:02d}{bank}{body}"
        said = " ".join(iban[i : i + 4] for i in range(0, len(iban), 4)) if rng.random() < 0.7 else iban
        return _answer("What is the IBAN?", said, "BANK_ACCOUNT", "written", rng)
    sort, account = f"{rng.randint(0, 999999):06d}", f"{rng.randint(0, 99999999):08d}"
    is_written = rng.random() < 0.35
    form = "written" if is_written else "spoken"
    turns = _answer(
        rng.choice(["And the sort code?", "What's the sort code on the account?"]),
        f"{sort[:2]}-{sort[2:4]}-{sort[4:]}" if is_written else spoken_digits(sort, rng),
        "BANK_ACCOUNT", form, rng,
    )  # fmt: skip
    said = account if is_written else spoken_digits(account, rng)
    return turns + _answer("And the account number?", said, "BANK_ACCOUNT", form, rng)


def _phone(rng: random.Random) -> Turns:
    uk = rng.random() < 0.5
    number = (
        f"07{rng.choice('3457')}{rng.randint(0, 99999999):08d}"
        if uk
        else f"{rng.choice(['415', '312', '617', '206'])}{rng.randint(2, 9)}{rng.randint(0, 999999):06d}"
    )
    asked = rng.choice([
        "What's the best number to reach you on?", "Can I take a phone number?",
        "Is there a mobile we can call you on?",
        "Which number are you calling from?", "How can we contact you?",
    ])  # fmt: skip
    if rng.random() < 0.4:
        said = f"{number[:5]} {number[5:]}" if uk else rng.choice(
            [
                f"({number[:3]}) {number[3:6]}-{number[6:]}", f"{number[:3]}-{number[3:6]}-{number[6:]}",
                f"+1 {number[:3]} {number[3:6]} {number[6:]}",
            ]
        )  # fmt: skip
        return _answer(asked, said, "PHONE", "written", rng)
    cut = (number[:5], number[5:8], number[8:]) if uk else (number[:3], number[3:6], number[6:])
    return _answer(asked, ", ".join(spoken_digits(part, rng) for part in cut), "PHONE", "spoken", rng)


def _email(rng: random.Random) -> Turns:
    first, last, host = rng.choice(_FIRST).lower(), rng.choice(_LAST).lower(), rng.choice(_HOSTS)
    number, tld = rng.choice(["", "", "7", "42"]), rng.choice(["com", "com", "co.uk", "org", "net"])
    asked = rng.choice(["What's your email address?", "Which email should I send it to?", "And an email for you?"])
    if rng.random() < 0.4:
        said = rng.choice(
            [f"{first}.{last}{number}@{host}.{tld}", f"{first[0]}{last}@{host}.{tld}", f"{first}_{last}@{host}.{tld}"]
        )
        return _answer(asked, said, "EMAIL", "written", rng)
    spelled_tld = tld.replace(".", " dot ")
    local = rng.choice([
        f"{first} dot {last}", f"{first}{last}", f"{first} underscore {last}", " ".join(last), f"{first[0]} dot {last}",
    ])  # fmt: skip
    said_number = f" {spoken_digits(number, rng)}" if number else ""
    return _answer(asked, f"{local}{said_number} at {host} dot {spelled_tld}", "EMAIL", "spoken", rng)


def _address(rng: random.Random) -> Turns:
    house, street, kind = rng.randint(1, 180), rng.choice(_STREETS), rng.choice(_STREET_KINDS)
    area, inner = (
        f"{rng.choice(['LS', 'M', 'BS', 'EH', 'SW'])}{rng.randint(1, 19)}",
        f"{rng.randint(1, 9)}{rng.choice('ABDEFGHJL')}{rng.choice('NPQRSTUW')}",
    )
    asked = rng.choice(
        ["Can you confirm your address?", "Where should we deliver it?", "What's the first line of your address?"]
    )
    is_written = rng.random() < 0.4
    form = "written" if is_written else "spoken"
    line = f"{house} {street} {kind}" if is_written else f"{_cardinal(house)} {street} {kind}"
    turns = _answer(asked, line, "ADDRESS", form, rng)
    if rng.random() < 0.6:
        code = f"{area} {inner}" if is_written else " ".join(_spell(sign, rng) for sign in area + inner)
        turns += _answer("And the postcode?", code, "ADDRESS", form, rng)
    return turns


def _birth(rng: random.Random) -> Turns:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1941, 2004)
    asked = rng.choice(["And your date of birth?", "Can I take your date of birth please?", "When were you born?"])
    if rng.random() < 0.4:
        said = rng.choice(
            [
                f"{day:02d}/{month:02d}/{year}",
                f"{day} {_MONTHS[month - 1]} {year}",
                f"{_MONTHS[month - 1]} {day}, {year}",
            ]
        )
        return _answer(asked, said, "DATE_OF_BIRTH", "written", rng)
    rank = _RANKS[day - 1] if day <= 20 else f"twenty {_RANKS[day - 21]}"
    year_said = (
        f"nineteen {_cardinal(year - 1900)}"
        if year < 2000
        else "two thousand" + (f" and {_DIGITS[year - 2000]}" if year > 2000 else "")
    )
    said = rng.choice([
        f"the {rank} of {_MONTHS[month - 1]} {year_said}", f"{_MONTHS[month - 1]} the {rank} {year_said}",
        f"{rank} {_MONTHS[month - 1]} {year_said}",
    ])  # fmt: skip
    return _answer(asked, said, "DATE_OF_BIRTH", "spoken", rng)


def _name(rng: random.Random) -> Turns:
    said = rng.choice(NAMES)
    asked = rng.choice(["Who am I speaking with?", "Can I take your full name?"])
    return _answer(asked, rng.choice([said, said, said.lower()]), "NAME", "written", rng)


NAMES = tuple(f"{first} {last}" for first, last in zip(_FIRST, _LAST, strict=True))


def _answer(asked: str, said: str, kind: Kind, form: str, rng: random.Random) -> Turns:
    before = rng.choice(["It's", "Yes, it's", "That's", "", "Sure, that is", "Yeah,"])
    after = rng.choice(["", "", "", "Is that okay?", "Thank you."])
    parts = [Part(before)] if before else []
    parts.append(Part(f"{said}.", kind, form))
    turns: Turns = [("rep", [Part(asked)]), ("customer", [*parts, *([Part(after)] if after else [])])]
    return turns


def _spell(sign: str, rng: random.Random) -> str:
    return spoken_digits(sign, rng) if sign.isdigit() else sign


def _cardinal(number: int) -> str:
    if number >= 100:
        rest = number % 100
        return f"{_DIGITS[number // 100]} hundred" + (f" and {_cardinal(rest)}" if rest else "")
    if number < 10:
        return _DIGITS[number] if number else "hundred"
    if number < 20:
        return _TEENS[number - 10]
    return _TENS[number // 10] + (f" {_DIGITS[number % 10]}" if number % 10 else "")


def _plain(*lines: tuple[str, str]) -> Callable[[random.Random], Turns]:
    return lambda rng: [(speaker, [Part(_filled(text, rng))]) for speaker, text in lines]


def _filled(text: str, rng: random.Random) -> str:
    figures = {
        "ref": f"{rng.randint(10000000, 99999999)}",
        "spoken_ref": spoken_digits(f"{rng.randint(1000000, 9999999)}", rng),
        "amount": f"£{rng.randint(10, 900)}.{rng.randint(10, 99)}", "pounds": _cardinal(rng.randint(20, 700)),
        "small": _cardinal(rng.randint(2, 60)), "year": str(rng.randint(2021, 2026)), "day": str(rng.randint(1, 28)),
        "month": rng.choice(_MONTHS), "rank": rng.choice(_RANKS), "hour": str(rng.randint(1, 12)),
    }  # fmt: skip
    return text.format(**figures)


_SUBJECTS: list[Callable[[random.Random], Turns]] = [
    _card, _national_id, _bank, _phone, _email, _address, _birth, _name,
]  # fmt: skip
_DECOYS: list[Callable[[random.Random], Turns]] = [
    _plain(("rep", "Do you have the order number?"), ("customer", "Yes, it's {ref}.")),
    _plain(("customer", "My reference is {spoken_ref}."), ("rep", "Thank you, I found the booking.")),
    _plain(("customer", "You charged me {amount} on the {rank} of {month}."), ("rep", "I see {amount} here.")),
    _plain(("customer", "I paid {pounds} pounds for that in {year}."), ("rep", "That was a while ago.")),
    _plain(("rep", "An engineer can come on {month} {day} between {hour} and five."), ("customer", "Fine.")),
    _plain(("customer", "The router model is X 4 1 0 and it is {small} months old.")),
    _plain(("rep", "You can look it up on our website at brightwater dot com slash help.")),
    _plain(("customer", "I was on hold for {small} minutes and then for {small} more.")),
    _plain(("rep", "Your ticket number is {ref}, please keep it.")),
    _plain(("customer", "We have {small} people on one floor, two more on the way.")),
    _plain(("customer", "I'm on version 11.4.2 and the light blinks {small} times.")),
    _plain(("rep", "The claim reference is {spoken_ref}."), ("customer", "Got it.")),
    _plain(("customer", "It drops from 80 to 20 megabits every evening at {hour} or so.")),
    _plain(("rep", "Our opening hours are nine to five, Monday to Friday.")),
    _plain(("rep", "If it happens again call us on 0800 100 4000."), ("customer", "Will do.")),
]
