"""STC-3: customers and a helpdesk, translated from chats (NTCIR-15 DialEval). `stc3/train_data_en.json`."""

import json
from pathlib import Path

from coachlake.conversations.conversation import Conversation, Speaker, conversation_from_lines
from evaluation.sets.find import find


def chats(folder: Path) -> list[Conversation]:
    """Each dialogue, the helpdesk as the rep, untimed."""
    found = []
    for chat in json.loads(find(folder, "stc3/*_en.json").read_text(encoding="utf-8")):
        lines: list[tuple[Speaker, str]] = [
            ("customer" if turn["sender"] == "customer" else "rep", " ".join(turn["utterances"]))
            for turn in chat["turns"]
        ]
        found.append(conversation_from_lines(str(chat["id"]), lines))
    return found
