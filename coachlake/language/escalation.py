"""How anger at the other side is built: it accuses, demands, threatens, insults, or asks what expects no answer.

Feeling alone is no escalation: the same fury about a landlord is a story. What these columns look for is aimed at
the rep or the company.
"""

import re

from coachlake.language.surface_features import SurfaceFeatures
from coachlake.language.words import ADDRESSES_YOU

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # accuses
        r"\byou(?: people| lot| guys|'ve| have)?(?: just| all| never| always| keep| even)* (?:lied|lie"
        r"|promised|charged|took|"
        r"take my|stole|broke|deleted|wasted?|wasting|ruined|lost|hiding|don't (?:care|listen)|never|always"
        r"|told me|hung up)\b",
        # demands
        r"\bi (?:want|demand|need) (?:to (?:speak|talk)|my money|a (?:name|refund|straight)|your (?:manager"
        r"|supervisor|name)|it"
        r" (?:now|fixed))|\b(?:put|get me) (?:your|a|the|on)\b.*\b(?:manager|supervisor|on)\b",
        # threatens to leave, to sue, to tell
        r"\b(?:lawyer|court|sue|police on you|never (?:again|buying|calling)"
        r"|cancel(?:ling)? (?:it|the lot|"
        r"everything|all)|take me off|last time i)\b",
        # insults
        r"\b(?:ridiculous|unacceptable|joke|useless|disgrace\w*|liars?|scam|rip-?off"
        r"|rubbish service|worst|"
        r"pathetic|incompetent|harassment|shame(?:ful)?|unbelievable"
        r"|outrageous)\b",
        # swears
        r"\b(?:bloody|damn|goddamn|hell|for god'?s sake|for the love of god|for heaven'?s sake|crap)\b|!",
        # asks what expects no answer
        r"\b(?:are you (?:even|kidding|serious)|do you (?:people|even|think i'm (?:stupid|an idiot))|how dare"
        r"|how hard can|what kind of company|why should i|what am i paying)\b",
        # has had enough
        r"\b(?:sick (?:of|and tired)|fed up|had (?:enough|it with)|runaround|done (?:talking|with you)|"
        r"(?:third|fourth|fifth|tenth|hundredth) time|(?:three|four|five|ten|a hundred) times (?!a ))\b",
        # orders about
        r"^(?:no,? )?(?:stop|don't you|don't (?:tell|give|interrupt)|listen|just (?:do|fix|give)|put"
        r"|enough)\b",
        # says the opposite of what it means
        r"^(?:oh,? )?(?:great|wonderful|brilliant|lovely|fantastic|perfect|well done)[,!] "
        r"(?:another|yet another|one more|just what|more of|now (?:i|you|we|it)|so (?:now|i)|again|that's just)"
        r"|very convenient"
        r"|well done\.$",
    )
)
_ABOUT_OTHERS = re.compile(r"\b(?:he|she|they|my (?:\w+))\b(?! money)")


def _columns(text: str) -> list[float]:
    found = [float(bool(pattern.search(text))) for pattern in _PATTERNS]
    return [*found, float(any(found)), float(bool(ADDRESSES_YOU.search(text))), float(bool(_ABOUT_OTHERS.search(text)))]


ESCALATION = SurfaceFeatures(_columns, len(_PATTERNS) + 3)
