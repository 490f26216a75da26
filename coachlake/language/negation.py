"""Trouble that is denied is no trouble: "I'm not worried, I'd only like to know".

Sentence vectors place a feeling and its denial side by side; the construction tells them apart.
"""

import re

from coachlake.language.words import lowered, single_blanks

_FILLERS = re.compile(
    r",?\s*\b(?:you know|i mean|like|kind of|sort of|or anything|at all|honestly|really|actually)\b,?"
)
# What denies a feeling; `refusing` looks for what turns a proposal down, which has other words.
_DENIES = (
    r"(?:not|never|no|hardly|without|isn't|aren't|wasn't|weren't|ain't|don't|doesn't|didn't|haven't|hasn't|nothing)"
)
_DEGREE = (
    r"(?:a|an|any|the|that|so|too|very|all|overly|particularly|especially|terribly|exactly|being|feeling|feel|getting"
    r"|in|have|had|having|making|been|under|much|big|real|of|it's|it|yet|wrong|crazy|strange)"
)
_TROUBLED = (
    r"(?:worr(?:y|ied|ies|ying)|terrified|scared|afraid|frightened|upset|angry|mad|furious|annoyed|frustrated|stressed"
    r"|anxious|nervous|panick(?:ed|ing)|desperate|sad|hurt|ashamed|embarrassed|bothered|disappointed|unhappy|concerned"
    r"|panic|distress(?:ed)?|troubled|shaken)"
)
_DENIED = re.compile(rf"\b{_DENIES}\b(?: {_DEGREE})* {_TROUBLED}\b")
_VOICED = re.compile(rf"\b{_TROUBLED}\b")


def denies_trouble(text: str) -> bool:
    """Whether every feeling of trouble that a sentence names is one it denies; False where it names none."""
    plain = single_blanks(_FILLERS.sub(" ", lowered(text)))
    denied = _DENIED.findall(plain)
    return bool(denied) and len(denied) == len(_VOICED.findall(plain))
