"""Why a moment counts, in words: what the sentence did to what the customer said."""

from coachlake.language.acts.model import Acts

# An act is named from this probability on.
_NAMED_FROM = 0.5
_WORDS: tuple[tuple[str, str, str], ...] = (
    ("ack", "specific", "names what troubles the customer"),
    ("ack", "generic", "offers a phrase of sympathy that would fit any call"),
    ("ack", "hollow", "plays the trouble down"),
    ("reflection", "reflection", "gives back what was said"),
    ("question", "open", "asks an open question"),
    ("question", "closed", "asks a closed question"),
    ("answer", "full", "answers what was asked"),
    ("answer", "partial", "answers part of what was asked"),
    ("answer", "evaded", "passes over what was asked"),
    ("hedge", "substance", "is unsure of the thing itself"),
    ("action", "proposal", "proposes something"),
    ("action", "commitment", "says what will be done"),
    ("action", "refusal", "refuses"),
    ("apology", "apology", "apologises"),
    ("tone", "sharp", "is curt or blaming"),
    ("script", "script", "is a set formula"),
)
_NOTHING = "goes on with information or process"


def reason(acts: Acts) -> str:
    """What the sentence does, as a sentence of its own: "It asks an open question and gives back what was said."."""
    found = [words for head, label, words in _WORDS if acts.chance(head, label) >= _NAMED_FROM] or [_NOTHING]
    listed = found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1]
    return f"It {listed}."
