"""Public sets whose licence lets a shipped model learn from them, where a hub can be reached.

NatCS (Gung et al. 2023, CDLA-Permissive 2.0): spoken service calls, `dialogues.jsonl`. ABCD (Chen et al. 2021, MIT):
service chats, `abcd_v1.1.json`. Both readers were written from the published layouts and run on a few turns of our own
in those layouts, never on the sets themselves, which were out of reach; no shipped model has learned from them.

Neither set was labelled for our heads: as with Persuasion for Good, a label is taken where it settles a head, and what
settles none is left out.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from coachlake.language.acts.labels import HEADS
from training.acts.read import Item

# A customer who states what the call is for answers no proposal, and nothing has turned out yet.
_STATES_INTENT = {"rejects": "none", "state": "open"}
# One question that the customer answers with what an account or purchase is found by: it gives nothing back,
# offers, promises and refuses nothing. How open it is stays unknown ("How can I help?" may be answered with a name).
_ASKS_FOR_DETAILS = {"reflection": "none", "warmth": "none", "action": "none"}
_ONE_QUESTION = re.compile(r"[^.!?]+\?")
_IDENTIFYING = frozenset(("pull-up-account", "verify-identity", "validate-purchase", "enter-details"))


def read_natcs(file: Path) -> list[Item]:
    """A dialogue a line: {"dialogue_id", "turns": [{"speaker_role": "Agent" | "Customer", "utterance",
    "dialogue_acts": [name, …], "intents": [name, …]}, …]}.

    Of the acts `InformIntent` alone settles heads, and only at the first statement of a call: later ones may answer a
    proposal. Raises ValueError naming the line that is no dialogue.
    """
    found: list[Item] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            turns = json.loads(line)["turns"]
            found += list(_first_statement(turns))
        except (ValueError, KeyError) as error:
            raise ValueError(f"{file.name}, line {number}: {error}") from error
    return found


def read_abcd(file: Path) -> list[Item]:
    """{"train" | "dev" | "test": [{"original": [[speaker, text], …], "delexed": [{"speaker", "text", "targets":
    [intent, step, action, values, …]}, …]}, …]}, or such a list alone, as the published sample is; speaker: agent,
    customer or action. The two lists of turns run side by side.

    An agent's turn of one question is taken that the customer answers and one of the identifying actions follows,
    before the agent speaks again. Its test part is never read. Raises ValueError for a file of another layout.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        parts = [content] if isinstance(content, list) else [content[part] for part in ("train", "dev")]
        return [item for part in parts for talk in part for item in _asked(talk["original"], talk["delexed"])]
    except (ValueError, KeyError, IndexError) as error:
        raise ValueError(f"{file.name} is not laid out as ABCD: {error!r}") from error


def _first_statement(turns: list[dict[str, object]]) -> Iterator[Item]:
    heard = ""
    for turn in turns:
        said = str(turn["utterance"])
        if turn["speaker_role"] == "Agent":
            heard = said
        elif "InformIntent" in list(turn["dialogue_acts"]):  # type: ignore[call-overload]
            yield _item(heard, said, _STATES_INTENT, "natcs")
            return


def _asked(original: list[list[str]], delexed: list[dict[str, list[object]]]) -> Iterator[Item]:
    turns = [
        (speaker, text, labelled["targets"][2]) for (speaker, text), labelled in zip(original, delexed, strict=True)
    ]
    heard = ""
    for place, (speaker, text, _) in enumerate(turns):
        if speaker == "customer":
            heard = text
        elif speaker == "agent" and _ONE_QUESTION.fullmatch(text.strip()) and _identifies(turns[place + 1 :]):
            yield _item(heard, text, _ASKS_FOR_DETAILS, "abcd")


def _identifies(after: list[tuple[str, str, object]]) -> bool:
    """Whether the customer answers and an identifying action follows, with no word of the agent's between."""
    answered = False
    for speaker, _, action in after:
        if speaker == "agent":
            return False
        answered = answered or speaker == "customer"
        if speaker == "action":
            return answered and action in _IDENTIFYING
    return False


def _item(cue: str, reply: str, labels: dict[str, str], source: str) -> Item:
    return Item(cue, reply, {head: HEADS[head].index(label) for head, label in labels.items()}, source)
