"""May the customer say that? What a model wrote is checked before anybody reads or hears it."""

import re

from coachlake.practice.scenarios.keywords import keywords_in
from coachlake.practice.session import Brief
from coachlake.signals.kit import SignalKit

_MOST_WORDS = 80
# Below this (cosine) the reply no longer says what the draft says.
_SAME_MEANING_FROM = 0.45
_OFF_ROLE = re.compile(
    r"\b(?:as an ai|language model|i(?:'m| am) an? (?:ai|assistant|bot)|openai|how (?:can|may) i (?:help|assist)"
    r"|i(?:'d| would) be happy to (?:help|assist)|draft|instructions?|role-?play|system prompt)\b"
    r"|^\s*(?:representative|agent|rep|assistant|system)\s*:|[{}<>*\[\]]",
    re.IGNORECASE | re.MULTILINE,
)


def cleaned(text: str) -> str:
    """Without the speaker's name, quotes and line breaks models like to add."""
    plain = re.sub(r"^\s*(?:customer|[A-Z][a-z]+ [A-Z][a-z]+)\s*:\s*", "", text.strip())
    return " ".join(plain.strip("\"“”' \n").split())


def objection(text: str, brief: Brief, kit: SignalKit) -> str | None:
    """Why `text` may not be said in place of the draft; None where it may."""
    if not text or len(text.split()) > _MOST_WORDS:
        return "empty or too long"
    if _OFF_ROLE.search(text):
        return "off role"
    for fact in brief.scenario.facts:
        if fact.id not in brief.told and (told := keywords_in(text, fact.keywords)):
            return f"tells {fact.id} ({told[0]})"
        if any(act.about == fact.id for act in brief.acts) and not keywords_in(text, fact.keywords):
            return f"leaves out {fact.id}"
    if new := _numbers(text) - _numbers(" ".join([brief.line, *(said for _, said in brief.before)])):
        return f"new number {min(new)}"
    pair = kit.encoder.encode([text, brief.line])
    return None if float(pair[0] @ pair[1]) >= _SAME_MEANING_FROM else "says something else"


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))
