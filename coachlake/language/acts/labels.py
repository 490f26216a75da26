"""The heads of the act model and their labels: terms, definitions and order are those of the example bank.

A rep's heads judge a rep's sentence against what the customer said before it, a customer's heads the other way round;
`question` judges both. The first label of a head says that the act is not there.
"""

HEADS: dict[str, tuple[str, ...]] = {
    # of a rep's sentence
    "reflection": ("none", "reflection"),  # gives back content, meaning or feeling (MITI 4.2)
    "warmth": ("none", "supportive", "felt"),  # emotional reactions of Sharma et al. 2020 (EPITOME), levels 0, 1, 2
    "probing": ("none", "probes"),  # their explorations
    "ack": ("none", "generic", "specific", "hollow"),  # how voiced trouble is met
    "answer": ("na", "full", "partial", "evaded"),  # na: nothing was asked
    "hedge": ("none", "polite", "substance"),  # substance: unsure of the thing itself
    "action": ("none", "proposal", "commitment", "refusal"),
    "tone": ("neutral", "sharp"),  # clipped, defensive, blaming, sarcastic
    "apology": ("none", "apology"),
    "script": ("none", "script"),  # a formula that fits any call
    # of either's
    "question": ("none", "open", "closed"),  # by what it invites
    # of a customer's sentence
    "trouble": ("none", "practical", "circumstance", "feeling"),
    "heat": ("calm", "irritated", "heated"),
    "rejects": ("none", "rejects"),
    "state": ("dissatisfied", "open", "content"),  # with how it turned out
}
ABSENT: dict[str, str] = {head: labels[0] for head, labels in HEADS.items()} | {"state": "open"}
REP_HEADS = ("reflection", "warmth", "probing", "ack", "answer", "hedge", "action", "tone", "apology", "script",
             "question")  # fmt: skip
CUSTOMER_HEADS = ("trouble", "heat", "rejects", "state", "question")
