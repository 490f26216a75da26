"""What the rep's turn did, as the signals measure it."""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Turn
from coachlake.conversations.dialogue import Dialogue
from coachlake.language.content import shared_content
from coachlake.language.question_form import question_form
from coachlake.language.structure import structure
from coachlake.language.types import Moment as JudgedMoment
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.scenarios.tells import tells_in
from coachlake.signals.kit import SignalKit
from coachlake.signals.live import LiveSignals
from coachlake.signals.signal import Signal

# A question brings out the fact whose own question it is this close to (cosine); a fix concerns an issue likewise.
_ASKS_FROM, _CONCERNS_FROM, _TALKED_OF = 0.5, 0.25, 0.12
_PROPOSES_FROM, _ANSWERS_FROM, _FIX_FROM, _PHRASE_FROM = 0.3, 0.5, 0.1, 0.5
_TENSE_FROM, _TENSE_QUESTION_FROM = 0.6, 0.7
# A proposal would work from this close to one that does; this close it is that one in other words (cosine).
_FITS_FROM, _IS_IT_FROM, _OTHER_WAY_FROM = 0.5, 0.8, 0.35
# How close to a moment's good answers, and how likely an acknowledgement by itself; the first sentences answer a cue.
_LIKE_ANSWER_FROM, _VERY_LIKE_FROM, _WARM_FROM, _SURELY_WARM_FROM, _LOOK_AT = 0.45, 0.6, 0.15, 0.6, 4
# About a minute of speech without a pause: no customer follows that (150 words a minute).
RAMBLING_WORDS = 140
_SAME_SENTENCE = 0.97
_ENOUGH_WORDS = 6
_DATA = {
    "number": r"\b(?:policy|account|contract|customer|serial|order|reference|claim) (?:number|id)\b|\breference\b",
    "birth": r"\b(?:date of birth|birthday|born)\b",
    "email": r"\be-?mail\b",
    "address": r"\b(?:postcode|zip|address|street)\b",
    "phone": r"\b(?:phone|callback|mobile|best) number\b",
    "name": r"\b(?:your|full|last|first) name\b|\bspell\b",
}
_PROPOSES = re.compile(
    r"\b(?:how about|what (?:if|about)|shall (?:i|we)|would it help|why don't (?:i|we)|do you want (?:me|us) to"
    r"|(?:could|can|may) (?:i|we) (?!have|take|get|ask|see|check|confirm|know|go on|carry on|continue))\b",
    re.IGNORECASE,
)
# "I'd like to hear how it is at your place": no question by its form, and an invitation to tell all the same.
_INVITES = re.compile(
    r"\b(?:tell me|walk me through|talk me through|help me understand|i want to (?:hear|understand)"
    r"|i(?:'d| would) (?:rather|like to|love to|first like to) (?:hear|know|understand|listen|find out))\b",
    re.IGNORECASE,
)
_ASKS_TIME = re.compile(
    r"\b(?:one|a|just a|give me a) (?:moment|second|minute)\b|\b(?:let me (?:see|check|look)|hold on|bear with me)\b",
    re.IGNORECASE,
)
# "..., does that suit you?" puts a step up for agreement; "shall I leave you alone?" hands over control.
_AGREES = re.compile(
    r"\b(?:(?:is|would) that (?:be )?(?:all ?right|okay|ok|fine|good)|does that (?:suit|work|sound|help|fit)"
    r"|would that (?:suit|work|help|fit)|(?:okay|fine|all ?right) with you|do you agree|if you agree)\b[^?]*\?$"
    r"|, (?:ok|okay|all ?right|agreed|deal)\?$",
    re.IGNORECASE,
)
_YIELDS = re.compile(
    r"\b(?:shall|should|may|can) i (?:go on|carry on|continue|stop|leave|let you go|call (?:you )?(?:back|later)"
    r"|hang up|be quick)"
    r"|\bwould you (?:rather|prefer|like me to)\b|\bdo you (?:want|have)\b.*\b(?:minutes?|stop|moment)\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\b(?:who|whose|where|when|which|what|why|how)\b", re.IGNORECASE)
_ABOUT_YOU = re.compile(r"\b(?:have|did|do|are|were|had|could|would|can) you\b", re.IGNORECASE)
_OWNS = re.compile(
    r"\b(?:you(?:'re| are) (?:absolutely |quite )?right|every (?:right|reason)|our (?:mistake|fault|failing)"
    r"|(?:that's|that is) on (?:us|me)|i(?:'m| am) (?:so |very |really )?sorry|we let you down|i apologi[sz]e)\b",
    re.IGNORECASE,
)
# "Then no email": what is ruled out is named as well.
_RULES_OUT = re.compile(
    r"\b(?:no|not|never|nobody|without|forget|skip|drop|instead|rather than|leave\b.*\bout)\b|n't\b", re.IGNORECASE
)
# Somebody does something: "we send", "you keep the machine", "take it for a month"; not "I understand", "you need".
_STEP = re.compile(
    r"\b(?:i|we|you|my colleague|somebody|someone)(?:'ll|'d| will| would| can| could)? (?:\w+ly )?"
    r"(?!understand|hear|see\b|know|feel|think|believe|guess|get that|am\b|are\b|was\b|were\b|have\b|had\b|do\b|did\b"
    r"|don't|didn't|can't|need|want|mean|said|told|can\b|could\b|would\b|will\b)\w{3,}"
    r"|(?:^|[,;:] |\bthen )(?:let's|let us|take|try|keep|start|use|give|leave|stay|test|put|skip)\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[,;:]\s+(?:and\s+|but\s+)?|\s+and\s+(?=until|meanwhile|in the meantime)")
_LEAVES = re.compile(
    r"\b(?:good ?bye|bye|have a (?:good|nice|great|lovely) (?:day|evening|one)|take care)\b", re.IGNORECASE
)
_ABUSE = re.compile(
    r"\b(?:idiots?|moron|stupid|shut up|shut your|dumb|pathetic|bloody|fuck\w*|shit\w*|bitch|damn you|get lost|loser"
    r"|crybaby|whin\w+|ridiculous person)\b",
    re.IGNORECASE,
)
_INJECTION = re.compile(
    r"(?:ignore|disregard|forget) (?:all|any|the|your|previous|prior)\b.*(?:instruction|prompt|rule|above)"
    r"|system prompt|you are (?:now )?(?:an? )?(?:ai|assistant|language model|chatbot|chatgpt|dan)\b|as an ai\b"
    r"|(?:reveal|list|print|output|show me) (?:all |me )?(?:your |the )?(?:hidden|secret|inner|system|facts|state"
    r"|json|yaml|scenario)"
    r"|(?:pretend|act as if) (?:that )?you|\bjailbreak|<\|?\w+\|?>|\[/?inst\]|end the (?:role|scenario|simulation)",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip

# German, Spanish, French, Italian, Portuguese, Dutch, Polish, Turkish, Swedish: words any sentence of them has.
_OTHER_LANGUAGES = """
der die das und ist nicht ein eine ich sie wir ihre ihnen mit für auf von den dem es wie kann haben bitte
el la los las que por una con para es su usted le como está mi lo muy qué del se nos
le les des est une vous je nous pour avec dans pas votre ce qui que du sur au et il merci
il che di è non per una sono con mi lei la questo ho del ci
o os uma não com seu você meu está são do da em por
het een niet ik u wij uw met voor van op dat deze naar hebben
nie jest się na to z pan pani proszę czy mam
bir ve bu için ne var siz ben mi çok ile
och att det inte är jag på som har med för ni en
"""
# "..., is that right?" asks nothing new: it offers what was understood.
_CHECKS = re.compile(
    r"\b(?:is that (?:right|it|correct|so)|have i got (?:that|all|it|this)|did i (?:get|understand)|am i right"
    r"|that's right, isn't it|correct|do i have that right|if i (?:understand|hear) you"
    r"|have i understood|do i (?:understand|hear) (?:that|you)|is that so)\b|, (?:right|fair|yes)\?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One rep turn. `empathy`, `adaptation` are the signals' labels where the turn answered such a cue, else None.

    `asked_fact`: the fact a question goes to; `data`: the kind of data asked for; `is_about_customer`: "have you ...?";
    `asks_which`: "where ...?", which no "no" answers;
    `concerns`: the issue a proposal is about (None with `is_proposal`: about nothing the customer wants);
    `refused`: the rejection it runs into; `is_fitting`: it is one that would work;
    `is_yielding`: it asks whether to go on; `is_owning`: it grants the customer a point in more than a phrase;
    `asks_time`: it asks for a moment to look something up.
    """

    empathy: str | None = None
    adaptation: str | None = None
    is_paraphrase: bool = False
    question: str | None = None
    asked_fact: str | None = None
    data: str | None = None
    is_about_customer: bool = False
    asks_which: bool = False
    is_proposal: bool = False
    concerns: str | None = None
    refused: str | None = None
    is_fitting: bool = False
    is_yielding: bool = False
    is_hedged: bool = False
    names_time: bool = False
    is_phrase: bool = False
    is_tense: bool = False
    is_owning: bool = False
    asks_time: bool = False
    is_abusive: bool = False
    is_silent: bool = False
    is_rambling: bool = False
    is_foreign: bool = False
    is_off_script: bool = False
    is_repeated: bool = False
    is_leaving: bool = False


class Reader:
    """Reads the rep's turns of one session, in order. The scenario's vectors are computed once."""

    def __init__(self, scenario: Scenario, kit: SignalKit) -> None:
        self._kit = kit
        self._live = LiveSignals(kit)
        encode = kit.encoder.encode
        self._facts = {fact.id: encode(fact.asked_by) for fact in scenario.facts}
        self._issues = {
            issue.id: encode([*issue.says, *issue.brings_back, *issue.good_fixes]) for issue in scenario.issues
        }
        self._moments = {moment.id: encode(moment.good_answers) for moment in scenario.moments}
        self._situations: dict[str | None, str] = {
            moment.id: " ".join([*moment.says, *moment.good_answers]) for moment in scenario.moments
        }
        self._needs = {issue.id: issue.needs for issue in scenario.issues}
        self._fixes = {issue.id: encode(issue.good_fixes) for issue in scenario.issues}
        rejections = scenario.of_kind("rejection")
        answers = [answer for moment in rejections for answer in moment.good_answers]
        self._answers: NDArray[np.float32] = encode(answers)
        self._refused = {moment.id: moment.refuses for moment in rejections}

    def read(self, conversation: Dialogue, open_issues: list[str], waiting: str | None = None) -> Reading:
        """The conversation's last turn, which is the rep's.

        `open_issues`: what a fix can be about, first one first; `waiting`: the moment the turn answers, if any.
        """
        turn = conversation.turns[-1]
        text = turn.text.strip()
        if not re.search(r"\w", text):
            return Reading(is_silent=True)
        if _is_foreign(text):
            return Reading(is_foreign=True)
        if _INJECTION.search(text):
            return Reading(is_off_script=True)
        return self._meant(conversation, turn, open_issues, waiting)

    def _meant(self, conversation: Dialogue, turn: Turn, open_issues: list[str], waiting: str | None) -> Reading:
        here = self._live.of_last_turn(conversation)
        texts = [sentence.text for sentence in conversation.sentences[-1]]
        asks = [text for text in texts if text.endswith("?") or question_form(text)]
        asked = [text for text in asks if not _puts_forward(text)]
        yields = any(_YIELDS.search(text) for text in asked)
        questions = [
            text for text in asked if question_form(text) and not _CHECKS.search(text) and not _YIELDS.search(text)
        ]
        invites = any(_INVITES.search(text) for text in texts)
        other_ways = self._other_ways(texts, waiting)
        given_back = [text for text in _given_back(conversation, texts, here) if text not in other_ways]
        said = [text for text in texts if text not in {*asked, *given_back}]
        proposals = list(dict.fromkeys([*self._proposals(said, here, open_issues), *other_ways]))
        refused, is_fitting = self._weighed(proposals, open_issues)
        phrase = max(self._kit.probability("acknowledgement", "generic", texts), default=0.0)
        is_specific = self._is_answer_to(waiting, texts[:_LOOK_AT], conversation)
        # Taking the blame is worded much like handing it out; who says "you're right" is not being defensive.
        is_owning = bool(_OWNS.search(turn.text))
        asks_time = bool(_ASKS_TIME.search(turn.text))
        empathy = "good" if is_specific else _label(here, "empathy") or self._unasked(conversation, texts[:_LOOK_AT])
        is_tense = self._is_tense([text for text in texts if text not in given_back]) and not (
            empathy == "good" or is_owning or asks_time
        )
        return Reading(
            empathy=empathy,
            adaptation=_label(here, "adaptability"),
            is_paraphrase=bool(given_back),
            question="open" if invites else _form(questions),
            asked_fact=self._asked(questions, open_issues),
            data=_data(questions),
            asks_which=any(_WHICH.search(text) for text in questions),
            is_about_customer=any(_ABOUT_YOU.search(text) for text in questions),
            is_proposal=bool(proposals),
            concerns=self._concerned(proposals, open_issues),
            refused=refused,
            is_fitting=is_fitting,
            is_yielding=yields,
            is_hedged=any(signal.kind == "hedge" for signal in here),
            names_time=any(_names_time(text) for text in texts if text not in asked),
            is_phrase=phrase >= _PHRASE_FROM and not is_specific and _label(here, "empathy") != "good",
            is_tense=is_tense,
            is_owning=is_owning and phrase < _PHRASE_FROM and turn.word_count >= _ENOUGH_WORDS,
            asks_time=asks_time,
            is_abusive=bool(_ABUSE.search(turn.text)),
            is_rambling=turn.word_count > RAMBLING_WORDS,
            is_repeated=self._is_repeated(conversation, texts),
            is_leaving=bool(_LEAVES.search(turn.text)),
        )

    def _unasked(self, conversation: Dialogue, texts: list[str]) -> str | None:
        """`good` where the turn names the customer's situation although nothing the signals take for a cue was said."""
        heard = " ".join([turn.text for turn in conversation.by("customer")][-2:])
        specific = self._kit.probability("acknowledgement", "specific", texts)
        is_warm = any(
            warm >= _SURELY_WARM_FROM and not text.endswith("?") and shared_content(text, heard) > 0
            for text, warm in zip(texts, specific, strict=True)
        )
        return "good" if is_warm else None

    def _is_answer_to(self, waiting: str | None, texts: list[str], conversation: Dialogue) -> bool:
        """Whether a sentence does what the moment's good answers do: close to one, warm, and taking up the situation.

        The scenario says how a good answer sounds here, which the signals, fitted for any call, cannot know.
        """
        if waiting not in self._moments or not texts:
            return False
        heard = " ".join([*[turn.text for turn in conversation.by("customer")][-4:], self._situations[waiting]])
        specific = self._kit.probability("acknowledgement", "specific", texts)
        closeness = (self._kit.encoder.encode(texts) @ self._moments[waiting].T).max(axis=1)
        return any(
            (near >= _VERY_LIKE_FROM or (near >= _LIKE_ANSWER_FROM and warm >= _WARM_FROM))
            and not text.endswith("?")
            and shared_content(text, heard) > 0
            for text, near, warm in zip(texts, closeness, specific, strict=True)
        )

    def _is_tense(self, texts: list[str]) -> bool:
        """Defensive, clipped or blaming; a question has to be so more plainly ("are you the decision maker?")."""
        likely = self._kit.probability("tension", "tense", texts)
        return any(
            tension >= (_TENSE_QUESTION_FROM if text.endswith("?") else _TENSE_FROM)
            for text, tension in zip(texts, likely, strict=True)
        )

    def _proposals(self, said: list[str], here: list[Signal], open_issues: list[str]) -> list[str]:
        """What was offered: the signal's solutions, offers put as a question, and answers to what is still open."""
        offered = [signal.quote or "" for signal in here if signal.kind == "solution" and signal.quote in said]
        likely = self._kit.probability("solution", "solution", said)
        answers = self._near_fixes(said, open_issues)
        more = [
            text
            for text, probability, is_answer in zip(said, likely, answers, strict=True)
            if (is_answer and (probability >= _FIX_FROM or _puts_forward(text)))
            or (_puts_forward(text) and probability >= _PROPOSES_FROM)
        ]
        return [*offered, *(text for text in more if text not in offered)]

    def _other_ways(self, texts: list[str], waiting: str | None) -> list[str]:
        """After a no: steps somebody is to take, near what would work. They take up the customer's own words, so that
        the signals hear a paraphrase as often as a solution."""
        if waiting not in self._refused:
            return []
        steps = [text for text in texts if _STEP.search(text) and not text.endswith("?")]
        near = self._nearest(steps, self._answers)
        found = [text for text, closeness in zip(steps, near, strict=True) if closeness >= _OTHER_WAY_FROM]
        return [*found, *(text for text in texts if _puts_forward(text))]

    def _near_fixes(self, said: list[str], open_issues: list[str]) -> list[bool]:
        return [near >= _ANSWERS_FROM for near in self._nearest(said, self._good(open_issues))]

    def _weighed(self, proposals: list[str], open_issues: list[str]) -> tuple[str | None, bool]:
        """The rejection that what was offered runs into, and whether it is an offer that would work.

        "By courier, and until then your orders ring on your phone": one clause runs into it, the other is a way round.
        """
        clauses = [clause for text in proposals for clause in _CLAUSES.split(text) if clause.strip()]
        refused = {clause: self._runs_into(clause) for clause in clauses}
        free = [clause for clause in clauses if refused[clause] is None]
        is_it = max(self._nearest(proposals, self._answers), default=0.0) >= _IS_IT_FROM
        if is_it or max(self._nearest(free, self._answers), default=0.0) >= _FITS_FROM:
            return None, True
        if found := next(filter(None, refused.values()), None):
            return found, False
        return None, max(self._nearest(proposals, self._good(open_issues)), default=0.0) >= _FITS_FROM

    def _runs_into(self, clause: str) -> str | None:
        if _RULES_OUT.search(clause):
            return None
        return next((name for name, words in self._refused.items() if tells_in(clause, words)), None)

    def _good(self, open_issues: list[str]) -> NDArray[np.float32]:
        """Vectors of what would settle what is open."""
        return np.concatenate([self._answers, *(self._fixes[name] for name in open_issues)])

    def _nearest(self, said: list[str], known: NDArray[np.float32]) -> list[float]:
        """How close each sentence comes to the closest of `known` (cosine)."""
        if not said or not len(known):
            return [0.0] * len(said)
        return [float(near) for near in (self._kit.encoder.encode(said) @ known.T).max(axis=1)]

    def _asked(self, questions: list[str], open_issues: list[str]) -> str | None:
        """The fact a question goes to; what is talked of at the moment is meant sooner than the rest."""
        if not questions:
            return None
        asked = self._kit.encoder.encode(questions)
        talked_of = {need for name in open_issues for need in self._needs[name]}
        closeness = {
            name: float((vectors @ asked.T).max()) + (_TALKED_OF if name in talked_of else 0.0)
            for name, vectors in self._facts.items()
        }
        best = max(closeness, key=closeness.__getitem__)
        return best if closeness[best] >= _ASKS_FROM else None

    def _concerned(self, proposals: list[str], open_issues: list[str]) -> str | None:
        if not proposals or not open_issues:
            return None
        vectors = self._kit.encoder.encode(proposals)
        closeness = {name: float((self._issues[name] @ vectors.T).max()) for name in open_issues}
        best = max(open_issues, key=closeness.__getitem__)
        if closeness[best] >= _CONCERNS_FROM:
            return best
        # Another way round an obstacle may share no word with the issue itself.
        is_way_round = self._answers.size and float((self._answers @ vectors.T).max()) >= _CONCERNS_FROM
        return open_issues[0] if is_way_round else None

    def _is_repeated(self, conversation: Dialogue, texts: list[str]) -> bool:
        before = [s.text for s in conversation.rep_sentences if s.turn_index != conversation.turns[-1].turn_index]
        long_ones = [text for text in texts if len(text.split()) >= 4]
        if not before or not long_ones:
            return False
        closeness = self._kit.encoder.encode(long_ones) @ self._kit.encoder.encode(before).T
        return bool((closeness.max(axis=1) >= _SAME_SENTENCE).all())


def _label(here: list[Signal], kind: str) -> str | None:
    return next((signal.label for signal in here if signal.kind == kind), None)


def _given_back(conversation: Dialogue, texts: list[str], here: list[Signal]) -> list[str]:
    """The sentences that give back what was heard: the signal's paraphrases, and what a check is put to.

    "So it was taken twice. Is that right?": the check is a sentence of its own, what it checks stands before it.
    """
    heard = " ".join([turn.text for turn in conversation.by("customer")][-3:])
    quotes = [signal.quote or "" for signal in here if signal.kind == "paraphrase"]
    # Without one of the customer's words a few of the rep's own ("okay, one moment") give nothing back.
    found = [text for text in quotes if len(text.split()) >= _ENOUGH_WORDS or shared_content(text, heard) > 0]
    for before, text in zip(["", *texts], texts, strict=False):
        if _CHECKS.search(text) and shared_content(f"{before} {text}", heard) > 0:
            found += [before, text]
    return [text for text in found if text]


def _puts_forward(text: str) -> bool:
    """Whether a sentence proposes something although it is put as a question."""
    return bool(_PROPOSES.search(text) or _AGREES.search(text))


def _form(questions: list[str]) -> str | None:
    forms = [question_form(text) for text in questions]
    return "open" if "open" in forms else "closed" if forms else None


def _data(questions: list[str]) -> str | None:
    asked = " ".join(questions)
    return next((name for name, pattern in _DATA.items() if re.search(pattern, asked, re.IGNORECASE)), None)


def _names_time(text: str) -> bool:
    columns = structure([JudgedMoment(text)])
    return bool(columns[0, 3] > 0)


def _is_foreign(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < 3:
        return False
    if sum(not word.isascii() for word in words) > len(words) / 2:
        return True
    english, other = _function_words()
    return sum(word in other for word in words) > 2 * sum(word in english for word in words)


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    """English function words, and frequent ones of other languages that are no English words."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    english = frozenset(ENGLISH_STOP_WORDS) | {"okay", "ok", "yes", "no", "hello", "hi", "thank", "thanks", "sorry"}
    return english, frozenset(_OTHER_LANGUAGES.split()) - english
