"""What a speaker's label says by itself: a person's name, a role, a number."""

import re
import unicodedata
from functools import lru_cache

from coachlake.conversations.transcript import Participant, Role

# Words that name a role where they stand alone, in parentheses or in a role field; lower case. The ambiguous ones are
# left out ("assistant", "host", "guest", "manager"): what is said then decides.
_ROLES: dict[Role, str] = {
    "rep": """rep agent advisor adviser representative operator consultant csr salesperson seller associate specialist
        human_agent sales_rep support_agent service_agent call_agent customer_service customer_care customer_support""",
    "customer": """customer caller client member policyholder patient prospect consumer buyer subscriber end_user
        enduser""",
    "other_rep": "supervisor second_agent team_lead team_leader other_rep coach trainer",
    "other": "interpreter translator other",
    "system": """system ivr bot chatbot voicebot autoattendant announcement recording menu acd voicemail automated
        workflow virtual_agent virtual_assistant voice_assistant custom_bot bot_agent ai_agent auto_attendant
        automated_voice hold_music""",
}
_ROLE_OF: dict[str, Role] = {word: role for role, words in _ROLES.items() for word in words.split()}
# Words that may stand beside a role word without making it a name.
_BESIDE = frozenset(
    {
        "the",
        "speaker",
        "participant",
        "channel",
        "service",
        "support",
        "care",
        "sales",
        "call",
        "center",
        "centre",
        "human",
    }
)
# Longer than any name with a title and a company: what follows is cut.
_LONGEST = 160
_ENDING = re.compile(r"^(?P<name>.*?)\s*[(\[（](?P<inside>[^()\[\]（）]{1,80})[)\]）]\s*$")
_NUMBERED = re.compile(
    r"(?:speaker|spk|participant|person|channel|ch|voice|guest|unknown(?: speaker)?)?[\s_#-]*(?:\d{1,4}|[a-z])?",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{20,}|[0-9a-f]{16,}|\+?[\d\s().-]{4,}", re.IGNORECASE)


# What tools write where they do not know who speaks.
_NOBODY = frozenset(
    {"unknown", "unknown speaker", "speaker unknown", "unidentified", "unidentified speaker", "n/a", "none"}
)


def role_of(text: str | None) -> Role | None:
    """The role that a text names which is nothing but a role ("AGENT", "agent_1", "Support Agent"), else None."""
    words = [word for word in re.split(r"[^a-z]+", (text or "").lower()) if word]
    if role := _ROLE_OF.get("_".join(words)):
        return role
    named = [word for word in words if word in _ROLE_OF]
    if not named or any(word not in _ROLE_OF and word not in _BESIDE for word in words):
        return None
    # In "customer service representative" the last word is the person.
    return _ROLE_OF[named[-1]]


def is_numbered(label: str) -> bool:
    """Whether a label only tells speakers apart: "SPEAKER_00", "Speaker 1", "spk_0", "A", an id, a telephone number."""
    return bool(_NUMBERED.fullmatch(label.strip()) or _IDENTIFIER.fullmatch(label.strip()))


@lru_cache(maxsize=4096)
def clean_label(label: str) -> str:
    """A label on one line without invisible signs, the brackets around it, or a colon after it; empty for nobody."""
    visible = "".join(
        sign for sign in label[: 2 * _LONGEST] if unicodedata.category(sign) not in ("Cf", "Cc") or sign in "\n\t"
    )
    plain = " ".join(visible[:_LONGEST].split()).strip().removesuffix(":").strip()
    if plain[:1] + plain[-1:] in ("[]", "()", "（）", "<>") and not re.search(r"[\[(（<]", plain[1:]):
        plain = plain[1:-1].strip()
    return "" if plain.casefold() in _NOBODY else plain


def participant_of(label: str) -> Participant:
    """Who a label says it is.

    A role counts where the label is nothing else ("Agent 1"), or where it stands in parentheses or brackets beside a
    name ("Tom Baker (Agent)", "Agent (Tom Baker)"). A title after a comma is what someone does, not their part in
    this call ("Sam Cole, Operator"). Another word in parentheses (a company, "Guest") belongs to no name.
    """
    if role := role_of(label):
        return Participant(label, role=role)
    if ending := _ENDING.match(label):
        name, inside = ending["name"].strip(), ending["inside"].strip()
        if role := role_of(inside):
            return Participant(label, _name(name), role)
        if role := role_of(name):
            return Participant(label, _name(inside), role)
        return Participant(label, _name(name) or _name(inside))
    return Participant(label, _name(label))


def _name(text: str) -> str | None:
    return None if not text or is_numbered(text) or role_of(text) else text
