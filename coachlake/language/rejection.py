"""How a proposal is turned down: it failed, it cannot be done, it is refused, it is of no use, it does not suit.

Sentence vectors hardly see a negation, and a no has many reasons that share no words. These columns look for the
construction; that something was proposed at all is for the signal to know.
"""

import re

from coachlake.language.surface_features import SurfaceFeatures

# What negates a sentence; `denial` looks for what denies a feeling, which has other words.
_NEGATIVE = r"(?:n't|not|never|nothing|no|nobody|nowhere|none|neither|nor|without)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # opens with a no
        r"^(?:(?:well|sorry|honestly|oh|um|uh|i'm afraid|yeah|but)[,.]? )*(?:no|nope|nah|absolutely not|no way"
        r"|no chance|never|forget it|not (?:a chance|really|for me|again))\b"
        r"(?!,? (?:problem|thanks|thank you|worries|rush|hurry))",
        # reports an attempt
        r"\b(?:(?:i|we|you|they)(?:'ve| have)?(?: already| just| even)? (?:tried|did|done|swapped|changed|moved"
        r"|checked|pressed|held|restarted|reset|unplugged|installed|reinstalled|went|called|typed|entered)"
        r"|tried|did) (?:it|that|this|the|them|all|everything|every|another|both|like|as|there|twice)\b"
        r"|\balready (?:tried|did|done)\b",
        # with no success
        r"\b(?:still|same (?:thing|error|message|result|again)|nothing (?:happens|comes|changes|changed|works|helps)"
        r"|no (?:change|difference|luck|effect|use)|doing the same|exactly as before|as well|too[,.]|back to"
        r"|(?:does|did|do)(?:n't| not) (?:work|help|do|change|solve|fix|make a difference)|as dead|again)\b",
        # cannot be done
        r"\b(?:can't|cannot|can not|couldn't|could not|not able to|unable to|impossible|no way of|not possible)\b",
        # what would follow if it were
        r"\b(?:would|'d) (?:\w+ ){0,2}?(?:lose|go|walk|be|have|never|fall|refuse|miss|thaw|get|stand|throw|kill|not"
        r"|laugh)\b",
        # is refused
        r"\b(?:(?:i|we)(?:'m| am|'re| are) not (?:going|doing|signing|paying|installing|moving|interested|having"
        r"|sharing|giving|sending|buying|waiting)|(?:i|we|he|she|they|\w+) (?:won't|will not|refuses?|would never"
        r"|wouldn't|will never)|don't want|do not want|out of the question|no interest|forget it|that's final"
        r"|i'm out|a no from|says? no|not happening|rather not|count me out)\b",
        # is of no use
        r"\b(?:no (?:good|use|help|point)|(?:wo|does|would|did|ca)n't (?:help|do|work|solve|be enough|make|bring|change"
        r"|cut it|fix)|not (?:going to|gonna) (?:help|work|solve|fix)|what good|useless to|what's the (?:use|point)"
        r"|any better|not (?:good )?enough|not what i)\b",
        # does not suit
        r"\btoo (?:late|early|expensive|much|long|far|slow|small|big|risky|complicated|dear|many|short|soon|high)\b"
        r"|\b(?:doesn't|don't|won't|wouldn't|not) (?:\w+ )?(?:work|suit|fit|do)\b|\b(?:is|are|'s) (?:bad|no good|out)\b"
        r"|\b(?:afford|budget|more than (?:we|i))\b",
        # has something else then
        r"\b(?:i'm|i am|i'll be|we're|i've got|i have|i have to|we have|we close|we open|i'm at|away)\b.{0,24}"
        r"\b(?:work|shift|ward|dentist|doctor|hospital|school|appointment|meeting|night|noon|morning|away|holiday"
        r"|until|then|o'clock|six|seven|eight|nine|ten)\b",
        # speaks of what was proposed
        r"\b(?:that|this|it|those)\b",
        # accepts, thanks
        r"\b(?:thanks?|thank you|great|perfect|sounds good|wonderful|lovely|fine|good idea|yes|please do|that works"
        r"|would be (?:great|good|nice|fine)|works for|no problem|don't mind|all right|alright)\b",
        # tells what happened before anything was proposed
        r"\b(?:since|last (?:night|week|month|year)|yesterday|this morning|in (?:spring|summer|autumn|winter|march|may)"
        r"|calling (?:about|because)|bought|started|was (?:charged|told|stolen|broken)|lost|died|broke)\b",
    )
)
_NEGATES = re.compile(rf"\b{_NEGATIVE}\b|n't\b")
# The other as the one who proposed; what is theirs ("your offer") is not them.
_YOU_ALONE = re.compile(r"\byou\b")


def _columns(text: str) -> list[float]:
    found = [float(bool(pattern.search(text))) for pattern in _PATTERNS]
    turns_down = any(found[:9])
    negates = bool(_NEGATES.search(text))
    return [
        *found,
        float(turns_down),
        float(negates),
        float(negates and bool(found[9])),
        float(text.rstrip().endswith("?")),
        float(bool(_YOU_ALONE.search(text))),
    ]


REJECTION = SurfaceFeatures(_columns, len(_PATTERNS) + 5)
