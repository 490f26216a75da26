"""What machines and lost callers say. Looked for only where the shape of a call already says it is no conversation,
or nearly none: people talk about voicemail and wrong numbers in conversations too.
"""

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_VOICEMAIL = _any(
    r"leave (?:me |us |him |her |them )?(?:a |your |the )?(?:\w+ )?(?:message|name|number|voice ?mail)",
    r"(?:at|after|before) the (?:tone|beep|signal)",
    r"voice ?mail(?:box)?\b|\bmailbox\b|answering (?:machine|service)",
    r"(?:you have|you've|you) reached (?!out)(?!the wrong)",
    r"(?:can't|cannot|can not|unable to|not able to|couldn't) (?:come to|get to|answer|pick up|take) "
    r"(?:the |your |my )?(?:phone|calls?)",
    r"(?:is|are|am|i'm) (?:not|un)\s?available (?:right now|at the moment|to take|at this time|currently)",
    r"(?:person|party|number|customer|subscriber) you (?:are|have|'re) (?:called|calling|dialed|dialled|trying)",
    r"(?:get|call) (?:right )?back to (?:you|u) as soon as|return your call|to (?:re-?record|replay) your message",
    r"when you (?:have|are|'ve) (?:finished|done|finish) recording|record your (?:message|name)",
    r"forwarded to (?:an? )?(?:automat|voice)",
)
_MESSAGE = _any(
    r"(?:call|ring|phone|text) (?:me|us|text) back|(?:call|text) or (?:call|text) back|return (?:my|our) call",
    r"(?:give|drop) (?:me|us) a (?:call|ring|shout|bell)|(?:i'll|i will) try (?:you |again )",
    r"(?:i'm |i am |just )(?:leaving|wanted to leave) (?:you )?a (?:\w+ )?(?:message|voice ?mail)",
    r"(?:my|our|the) (?:call ?back )?number (?:here )?is|(?:this is|i have) an? (?:\w+ )?message for",
)
_KEY = r"(?:\d|one|two|three|four|five|six|seven|eight|nine|zero|star|pound|hash)"
# People explain keys, too ("press two to confirm").
_KEYS = _any(
    rf"(?:for|to|if) [^.?!]{{3,80}}?,? (?:please )?press (?:the )?{_KEY}",
    rf"press (?:the )?{_KEY} (?:key )?(?:for|to|if)\b",
)
# What only machines say.
_ANNOUNCED = _any(
    r"(?:select|choose) (?:from )?(?:one of )?the following|main menu",
    r"our (?:menu|options) (?:options )?ha(?:ve|s) (?:recently )?changed",
    r"your call (?:is (?:very )?important|will be answered)",
    r"all (?:of )?(?:(?:our|the) )?(?:\w+ ){0,3}(?:agents|advis[eo]rs|representatives|operators|lines|associates|"
    r"consultants|specialists) are (?:currently |all )?(?:busy|assisting|helping)",
    r"(?:estimated|expected|average) wait(?:ing)? time|wait time (?:is|may be)|high(?:er)? (?:call )?volumes?",
    r"if you know (?:your party'?s|the) extension|continue to hold|virtual assistant",
    r"you are (?:now |currently )?(?:number )?\w+ in (?:the queue|line)",
    r"(?:enter|key in|type in) (?:your|the) (?:\w+ ){0,3}(?:number|id|pin|code) followed by",
    r"say or enter|in a few words,? (?:please )?(?:tell|say|describe)|you can say things like",
    r"para (?:español|continuar en español)|pour (?:le |continuer en )français",
    r"number you (?:have )?diall?ed|is not in service|cannot be completed as diall?ed",
)
# What both say.
_HOLDING = _any(
    r"(?:your|this) call (?:may be|is being) (?:recorded|monitored)",
    r"please (?:stay on|remain on|hold)\b|stay on the line|outside (?:of )?(?:our )?(?:office|opening|business) hours",
    r"(?:we are|we're) (?:now |currently )*closed|(?:office|opening|business|working) hours are",
    r"i didn't (?:quite )?(?:get|catch) that|transferring (?:you|your call) now",
    r"please wait while (?:i|we) (?:transfer|connect)",
)
_WRONG_NUMBER = _any(
    r"wrong (?:number|person|extension|house)(?! (?:on|in|for|down|there|of))",
    r"(?:dial(?:l)?ed|called|reached|rung|rang) the wrong\b",
    r"(?:nobody|no one|no-one|there'?s no|there is no|there isn't)(?: an?)? (?:\w+ ){0,3}"
    r"(?:by|with|of|called|named) that(?: name)?",
    r"(?:misdial|mis-dial)|dial(?:l)?ed (?:in)?correctly|didn't mean to (?:call|dial|ring)",
    r"called (?:you )?by (?:mistake|accident)|pocket dial",
)
_PERSONAL = _any(r"(?:this is|my name is|i'm|i am|speaking with) \w+|how (?:can|may) i help|\w+ speaking|can i help")
_ANYBODY = _any(
    r"\bhello\b|\bhullo\b",
    r"(?:is )?(?:any(?:body|one)|someone) (?:there|on the line)|are you (?:still )?there|you there|can you hear me|"
    r"(?:can't|cannot|can not|don't) hear (?:you|anything|anyone|anybody)",
    r"(?:going to|gonna|have to|i'?ll) (?:hang up|end (?:the|this) call|disconnect|let you go)|no response|no answer",
)


def voicemail_phrases(text: str) -> int:
    """How many greetings' or message takers' phrases a text holds."""
    return len(_VOICEMAIL.findall(text))


def is_message(text: str) -> bool:
    """Whether a text asks to be called back, as one left on a machine does."""
    return bool(_MESSAGE.search(text))


def menu_phrases(text: str) -> int:
    """How many phrases of menus, queues and announcements a text holds."""
    return sum(len(phrases.findall(text)) for phrases in (_KEYS, _ANNOUNCED, _HOLDING))


def is_announcement(text: str) -> bool:
    """Whether a text holds something that only machines say."""
    return bool(_ANNOUNCED.search(text))


def names_keys(text: str) -> bool:
    """Whether a text tells which keys to press for what."""
    return bool(_KEYS.search(text))


def is_personal(text: str) -> bool:
    """Whether somebody gives their name or offers their help."""
    return bool(_PERSONAL.search(text))


def is_wrong_number(text: str) -> bool:
    """Whether somebody says that the number or the person is wrong."""
    return bool(_WRONG_NUMBER.search(text))


def calls_out(text: str) -> int:
    """How often somebody asks whether anybody is there."""
    return len(_ANYBODY.findall(text))
