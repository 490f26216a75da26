"""STC-3: customers and a helpdesk, translated from chats (NTCIR-15 DialEval). `stc3/train_data_en.json`."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachlake.conversations.conversation import Conversation, Speaker, conversation_from_lines
from evaluation.sets.find import find


@dataclass(frozen=True, slots=True)
class RatedChat:
    """A dialogue, and the customer's satisfaction (`S`, −2 to 2) as each rater put it, in the set's order."""

    conversation: Conversation
    satisfaction: tuple[int, ...]


def chats(folder: Path) -> list[Conversation]:
    """Each dialogue, the helpdesk as the rep, untimed."""
    return [_conversation(chat) for chat in _document(folder)]


def rated(folder: Path) -> list[RatedChat]:
    """Each dialogue that raters judged."""
    return [
        RatedChat(_conversation(chat), tuple(int(rater["quality"]["S"]) for rater in chat["annotations"]))
        for chat in _document(folder)
        if chat.get("annotations")
    ]


def _document(folder: Path) -> list[dict[str, Any]]:
    document: list[dict[str, Any]] = json.loads(find(folder, "stc3/*_en.json").read_text(encoding="utf-8"))
    return document


def _conversation(chat: dict[str, Any]) -> Conversation:
    lines: list[tuple[Speaker, str]] = [
        ("customer" if turn["sender"] == "customer" else "rep", " ".join(turn["utterances"])) for turn in chat["turns"]
    ]
    return conversation_from_lines(str(chat["id"]), lines)
