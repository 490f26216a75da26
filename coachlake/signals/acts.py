"""Which head of the act model answers which question of the signals."""

from coachlake.language.acts.head import ActHead
from coachlake.language.acts.model import ActModel

_Parts = tuple[tuple[str, float], ...]
# Irritation is half way to heat. That something is broken or late is what most calls are about: by itself it asks for
# a remedy rather than for sympathy.
_HALF, _SLIGHT = 0.5, 0.2
QUESTIONS: dict[str, tuple[str, dict[str, _Parts]]] = {
    "empathy_cue": (
        "trouble",
        {
            "cue": (("practical", _SLIGHT), ("circumstance", 1), ("feeling", 1)),
            "none": (("none", 1), ("practical", 1 - _SLIGHT)),
        },
    ),
    "acknowledgement": (
        "ack",
        {"specific": (("specific", 1),), "generic": (("generic", 1),), "none": (("none", 1), ("hollow", 1))},
    ),
    "hedge": ("hedge", {"undermining": (("substance", 1),), "firm": (("none", 1), ("polite", 1))}),
    "paraphrase": ("reflection", {"paraphrase": (("reflection", 1),), "other": (("none", 1),)}),
    "solution": (
        "action",
        {"solution": (("proposal", 1), ("commitment", 1)), "other": (("none", 1), ("refusal", 1))},
    ),
    "escalation": (
        "heat",
        {"heated": (("heated", 1), ("irritated", _HALF)), "calm": (("calm", 1), ("irritated", _HALF))},
    ),
    "tension": ("tone", {"tense": (("sharp", 1),), "composed": (("neutral", 1),)}),
    "rejection": ("rejects", {"rejection": (("rejects", 1),), "other": (("none", 1),)}),
    "question": ("question", {"open": (("open", 1),), "closed": (("closed", 1),), "none": (("none", 1),)}),
}


def act_heads(model: ActModel) -> dict[str, ActHead]:
    """Question → its judge."""
    return {name: ActHead(model, head, labels) for name, (head, labels) in QUESTIONS.items()}
