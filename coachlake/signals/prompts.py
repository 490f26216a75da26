"""The questions of the signals as they are put to a language model: what is asked and what each answer means."""

from coachlake.language.judge.question import Question
from coachlake.signals.examples.load import load_examples

_PROMPTS: dict[str, tuple[str, dict[str, str]]] = {
    "empathy_cue": (
        "Does the customer voice trouble, emotion or a personal circumstance a good rep would acknowledge?",
        {"cue": "trouble, emotion or a personal circumstance", "none": "facts, requests, small talk, thanks"},
    ),
    "acknowledgement": (
        "How does the rep answer a customer's trouble?",
        {
            "specific": "names this customer's own situation or feeling",
            "generic": "a phrase of sympathy that would fit any call",
            "none": "straight to process, or dismissive, even if it repeats the topic",
        },
    ),
    "hedge": (
        "Does the rep's sentence weaken an answer or outcome so that the customer cannot rely on it?",
        {"undermining": "a hedge that undermines trust", "firm": "firm, polite, empathic or honest about its limits"},
    ),
    "paraphrase": (
        "Does the rep give back what the customer said, in other words, to show or check understanding?",
        {"paraphrase": "gives it back and adds nothing", "other": "asks, informs, advises, praises, plans"},
    ),
    "solution": (
        "Does the rep offer a fix, a plan or a next step towards one?",
        {"solution": "offers one", "other": "does not"},
    ),
    "escalation": (
        "Is the customer heated?",
        {"heated": "anger, accusation, threats to leave, sarcasm", "calm": "calm, even if in trouble or saying no"},
    ),
    "tension": (
        "Is the rep clipped, defensive or blaming?",
        {"tense": "clipped, defensive or blaming", "composed": "composed, even if firm"},
    ),
    "rejection": (
        "Does the customer say that what the rep proposed does not or did not work for them?",
        {"rejection": "turns it down or says it failed", "other": "anything else"},
    ),
    "warmth": (
        "Does the sentence show feeling for the other person?",
        {
            "felt": "the speaker names what they themselves feel for the other",
            "supportive": "a wish, encouragement, solidarity, an offer to be there",
            "none": "advice, facts, questions, the speaker's own troubles",
        },
    ),
    "question": (
        "Does the sentence ask the other something, and is the answer left open?",
        {
            "open": "asks, and invites an account (what, how, why, tell me about)",
            "closed": "asks for yes or no, a choice or one fact",
            "none": "asks nothing: a statement, a request, a rhetorical question",
        },
    ),
}
# Questions whose meaning their labels give without examples.
_WITHOUT_EXAMPLES = frozenset(("question",))


def question_for(name: str) -> Question:
    """The question of that name, with the project's own examples. Raises KeyError where there is none."""
    asks, labels = _PROMPTS[name]
    return Question(name, asks, labels, () if name in _WITHOUT_EXAMPLES else load_examples(name))
