"""Word patterns of the rep's acts that no signal measures. Each is found anywhere in a sentence or turn."""

import re

from coachlake.practice.customer.acts import DataKind

DATA: dict[DataKind, str] = {
    "number": r"\b(?:policy|account|contract|customer|serial|order|reference|claim) (?:number|id)\b|\breference\b",
    "birth_date": r"\b(?:date of birth|birthday|born)\b",
    "email": r"\be-?mail\b",
    "address": r"\b(?:postcode|zip|address|street)\b",
    "phone": r"\b(?:phone|callback|mobile|best) number\b",
    "name": r"\b(?:your|full|last|first) name\b|\bspell\b",
}
PROPOSES = re.compile(
    r"\b(?:how about|what (?:if|about)|shall (?:i|we)|would it help|why don't (?:i|we)|do you want (?:me|us) to"
    r"|(?:could|can|may) (?:i|we) (?!have|take|get|ask|see|check|confirm|know|go on|carry on|continue))\b",
    re.IGNORECASE,
)
# "I'd like to hear how it is at your place": no question by its form, and an invitation to tell all the same.
INVITES = re.compile(
    r"\b(?:tell me|walk me through|talk me through|help me understand|i want to (?:hear|understand)"
    r"|i(?:'d| would) (?:rather|like to|love to|first like to) (?:hear|know|understand|listen|find out))\b",
    re.IGNORECASE,
)
HOLDS = re.compile(
    r"\b(?:one|a|just a|give me a) (?:moment|second|minute)\b|\b(?:let me (?:see|check|look)|hold on|bear with me)\b",
    re.IGNORECASE,
)
# "..., does that suit you?" puts a step up for agreement; "shall I leave you alone?" hands over control.
SEEKS_AGREEMENT = re.compile(
    r"\b(?:(?:is|would) that (?:be )?(?:all ?right|okay|ok|fine|good)|does that (?:suit|work|sound|help|fit)"
    r"|would that (?:suit|work|help|fit)|(?:okay|fine|all ?right) with you|do you agree|if you agree)\b[^?]*\?$"
    r"|, (?:ok|okay|all ?right|agreed|deal)\?$",
    re.IGNORECASE,
)
ASKS_PERMISSION = re.compile(
    r"\b(?:shall|should|may|can) i (?:go on|carry on|continue|stop|leave|let you go|call (?:you )?(?:back|later)"
    r"|hang up|be quick)"
    r"|\bwould you (?:rather|prefer|like me to)\b|\bdo you (?:want|have)\b.*\b(?:minutes?|stop|moment)\b",
    re.IGNORECASE,
)
WH_WORD = re.compile(r"\b(?:who|whose|where|when|which|what|why|how)\b", re.IGNORECASE)
ABOUT_CUSTOMER = re.compile(r"\b(?:have|did|do|are|were|had|could|would|can) you\b", re.IGNORECASE)
CONCEDES = re.compile(
    r"\b(?:you(?:'re| are) (?:absolutely |quite )?right|every (?:right|reason)|our (?:mistake|fault|failing)"
    r"|(?:that's|that is) on (?:us|me)|i(?:'m| am) (?:so |very |really )?sorry|we let you down|i apologi[sz]e)\b",
    re.IGNORECASE,
)
# "Then no email": what is ruled out is named as well.
RULES_OUT = re.compile(
    r"\b(?:no|not|never|nobody|without|forget|skip|drop|instead|rather than|leave\b.*\bout)\b|n't\b", re.IGNORECASE
)
# Somebody does something: "we send", "you keep the machine", "take it for a month"; not "I understand", "you need".
STEP = re.compile(
    r"\b(?:i|we|you|my colleague|somebody|someone)(?:'ll|'d| will| would| can| could)? (?:\w+ly )?"
    r"(?!understand|hear|see\b|know|feel|think|believe|guess|get that|am\b|are\b|was\b|were\b|have\b|had\b|do\b|did\b"
    r"|don't|didn't|can't|need|want|mean|said|told|can\b|could\b|would\b|will\b)\w{3,}"
    r"|(?:^|[,;:] |\bthen )(?:let's|let us|take|try|keep|start|use|give|leave|stay|test|put|skip)\b",
    re.IGNORECASE,
)
CLAUSES = re.compile(r"[,;:]\s+(?:and\s+|but\s+)?|\s+and\s+(?=until|meanwhile|in the meantime)")
GOODBYE = re.compile(
    r"\b(?:good ?bye|bye|have a (?:good|nice|great|lovely) (?:day|evening|one)|take care)\b", re.IGNORECASE
)
INSULT = re.compile(
    r"\b(?:idiots?|moron|stupid|shut up|shut your|dumb|pathetic|bloody|fuck\w*|shit\w*|bitch|damn you|get lost|loser"
    r"|crybaby|whin\w+|ridiculous person)\b",
    re.IGNORECASE,
)
PROMPT_INJECTION = re.compile(
    r"(?:ignore|disregard|forget) (?:all|any|the|your|previous|prior)\b.*(?:instruction|prompt|rule|above)"
    r"|system prompt|you are (?:now )?(?:an? )?(?:ai|assistant|language model|chatbot|chatgpt|dan)\b|as an ai\b"
    r"|(?:reveal|list|print|output|show me) (?:all |me )?(?:your |the )?(?:hidden|secret|inner|system|facts|state"
    r"|json|yaml|scenario)"
    r"|(?:pretend|act as if) (?:that )?you|\bjailbreak|<\|?\w+\|?>|\[/?inst\]|end the (?:role|scenario|simulation)",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
# "..., is that right?" asks nothing new: it offers what was understood.
CHECKS = re.compile(
    r"\b(?:is that (?:right|it|correct|so)|have i got (?:that|all|it|this)|did i (?:get|understand)|am i right"
    r"|that's right, isn't it|correct|do i have that right|if i (?:understand|hear) you"
    r"|have i understood|do i (?:understand|hear) (?:that|you)|is that so)\b|, (?:right|fair|yes)\?$",
    re.IGNORECASE,
)
