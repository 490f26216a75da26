"""How a sentence of feeling is built: who feels, for whom, and whether it wishes, offers or advises.

The same word of feeling is warmth when the speaker has it for the other ("I'm sad to hear that") and none when it is
the speaker's own trouble ("I'm sad all day"); vectors alone hardly see the difference, these columns do.
"""

import re

from coachlake.language.surface_features import SurfaceFeatures
from coachlake.language.words import YOU_IN_ANY_FORM

_FEELING = re.compile(
    r"\b(?:sorry|sad|saddens?|glad|happy|proud|worried|concerned|relieved|heartbroken|heart|angry|upset"
    r"|hate|love|delighted|"
    r"thrilled|excited|devastated|hurts?|feel (?:terrible|awful|bad|sorry|for)|care about|congrat\w*"
    r"|hugs?|pleased|moved|touched)\b"
)
# Only the speaker: a feeling "we" have is nobody's own.
_I_ALONE = re.compile(r"\b(?:i|i'm|im|i've|i'll|i'd|me|my|mine|myself)\b")
_I_FEEL = re.compile(
    r"^(?:(?:oh|aw+|hey|hi|no|wow|yes|and|but|well|so|god|man|hello)[,.!]* )*(?:(?:i|we)(?:'m| am|'re| are|m)? )?"
    r"(?:just |also |really |so |very |truly |genuinely |deeply |incredibly )*(?:feel |felt |was )?(?:so "
    r"|very |really |terribly )*"
    r"(?:sorry|sad|glad|happy|proud|worried|concerned|relieved|delighted|thrilled|excited|terrible|awful"
    r"|hate that you|pleased)\b"
)
_APOLOGY = re.compile(
    r"\bsorry,? (?:if|but|for (?:the|my|being|any)|i|to (?:bother|say|interrupt)|we|could|can|what|about that)\b"
)
_WISH = re.compile(
    r"\b(?:hope (?:you|that you|your|things|it|this|everything|u)|wish(?:ing)? you|good luck|best of luck"
    r"|all the best|take care"
    r"|hang (?:in|on)|stay (?:strong|safe)|keep (?:going|your|it up|fighting|pushing)|be (?:kind|safe"
    r"|strong)|bless|fingers crossed"
    r"|(?:don't|do not|never) give up|you (?:can do|got this|'ve got this))"
)
_OFFER = re.compile(
    r"\b(?:here (?:for you|if|to (?:listen|talk|help))|(?:want|wanna|need|like) (?:to |someone to "
    r"|somebody to )?(?:talk|chat|vent|listen)"
    r"|(?:message|pm|call|text|write) me|not alone|aren't alone|never alone|with you|together|one of us)\b"
)
_HARD = re.compile(
    r"\b(?:that|it|this)(?:'s| is| must| sounds?| sucks)?(?: be| have been| really| so| such a)*\b.{0,12}"
    r"\b(?:hard|tough|awful|terrible|horrible|rough|sucks|exhausting|difficult|painful|frightening"
    r"|nightmare|shame|unfair)\b"
)
_ADVICE = re.compile(
    r"\b(?:you (?:should|could|need|have to|must|might|can)|try|maybe|have you|if i were|why don't"
    r"|consider|recommend|suggest|find a)\b"
)
_WORTH = re.compile(
    r"\byou(?:'re| are|re)? (?:not |so |such |very |a |an |really |doing )*"
    r"(?:strong|brave|worth\w*|deserve|matter|loved|beautiful|good|great|amazing|wonderful|enough"
    r"|important|well|valid)\b"
)


def _columns(text: str) -> list[float]:
    size = max(1, len(text.split()))
    you, me = len(YOU_IN_ANY_FORM.findall(text)), len(_I_ALONE.findall(text))
    feels = bool(_FEELING.search(text))
    apologises = bool(_APOLOGY.search(text))
    return [
        float(feels),
        float(feels and you > 0 and not apologises),
        float(bool(_I_FEEL.match(text)) and not apologises and (you > 0 or me <= 1)),
        float(apologises),
        float(bool(_WISH.search(text))),
        float(bool(_OFFER.search(text))),
        float(bool(_HARD.search(text))),
        float(bool(_WORTH.search(text))),
        float(bool(_ADVICE.search(text))),
        float(text.rstrip().endswith("?")),
        min(1.0, 4 * you / size),
        min(1.0, 4 * me / size),
        float(me > 0 and you == 0),
        min(1.0, size / 25),
    ]


EMOTION = SurfaceFeatures(_columns, 14)
