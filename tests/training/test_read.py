"""Items as they are read: each form of the bank's fields, and the public sets."""

import json
from pathlib import Path
from typing import Any

import pytest

from coachlake.language.acts.labels import CUSTOMER_HEADS, HEADS, REP_HEADS
from training.acts.public_sets import read_abcd, read_natcs
from training.acts.read import Item, read_bank, read_persuasion


def bank(folder: Path, name: str, *items: dict[str, Any]) -> list[Item]:
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))
    return read_bank(folder)


def named(item: Item) -> dict[str, str]:
    return {head: HEADS[head][label] for head, label in item.labels.items()}


def test_a_rep_knows_every_rep_head_and_what_is_not_named_is_not_there(tmp_path: Path) -> None:
    (item,) = bank(tmp_path, "own", {"who": "rep", "cue": "It leaks.", "reply": "A leak, oh no.", "warmth": 1,
                                     "reflection": 1, "ack": "specific"})  # fmt: skip
    assert (item.cue, item.reply, item.source) == ("It leaks.", "A leak, oh no.", "own")
    assert set(item.labels) == set(REP_HEADS)
    there = {head: label for head, label in named(item).items() if label != HEADS[head][0]}
    assert there == {"warmth": "supportive", "reflection": "reflection", "ack": "specific"}


def test_a_customer_knows_every_customer_head_with_levels_as_numbers(tmp_path: Path) -> None:
    angry, glad, plain = bank(
        tmp_path, "own",
        {"who": "customer", "reply": "Again!", "heat": 2, "state": -1, "trouble": "practical", "rejects": 1},
        {"who": "customer", "reply": "Lovely.", "state": 1},
        {"who": "customer", "reply": "It's the blue one."},
    )  # fmt: skip
    assert set(angry.labels) == set(CUSTOMER_HEADS)
    assert named(angry) == {"trouble": "practical", "heat": "heated", "rejects": "rejects", "state": "dissatisfied",
                            "question": "none"}  # fmt: skip
    assert (named(glad)["state"], named(plain)["state"], named(plain)["heat"]) == ("content", "open", "calm")


def test_labels_alone_leave_the_other_heads_unknown(tmp_path: Path) -> None:
    (item,) = bank(tmp_path, "own", {"who": "rep", "reply": "I hear you.", "labels": {"ack": "generic"}})
    assert named(item) == {"ack": "generic"}


def test_a_file_of_the_first_passes_knows_four_heads(tmp_path: Path) -> None:
    (item,) = bank(tmp_path, "service_calls", {"reply": "Which one?", "question": "closed", "probing": 1})
    assert named(item) == {"reflection": "none", "warmth": "none", "probing": "probes", "question": "closed"}


@pytest.mark.parametrize(
    "wrong", [{"warmth": 3}, {"ack": "kind"}, {"labels": {"mood": "none"}}, {"labels": {"ack": "kind"}}]
)
def test_a_label_that_is_none_names_file_and_line(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"own\.jsonl, line 2: "):
        bank(tmp_path, "own", {"who": "rep", "reply": "Fine."}, {"who": "rep", "reply": "Fine too."} | wrong)


def test_persuasion_settles_what_its_acts_say(tmp_path: Path) -> None:
    file = tmp_path / "persuader_sentences.csv"
    file.write_text(
        "history,sentence,label\n<Start>,Good evening.,greeting\n"
        "Hello.,Might you spare a coin for the lifeboats?,propose-donation\nNo.,Hm.,other\n"
    )
    greeting, proposal = read_persuasion(file)
    assert named(greeting) == {"reflection": "none", "warmth": "none", "hedge": "none", "question": "none"}
    assert (proposal.cue, named(proposal)["action"]) == ("Hello.", "proposal")


def test_natcs_gives_the_first_statement_of_what_a_call_is_for(tmp_path: Path) -> None:
    turns = [
        ("Agent", "Harbour Boats, what is it about?", []),
        ("Customer", "Good morning.", []),
        ("Customer", "I'd like to berth a sloop for June.", ["InformIntent"]),
        ("Agent", "Pier four is free.", []),
        ("Customer", "Then the sauna pass as well.", ["InformIntent"]),
    ]
    file = tmp_path / "dialogues.jsonl"
    dialogue = {"dialogue_id": "1", "turns": [
        {"turn_id": str(n), "speaker_role": who, "utterance": said, "dialogue_acts": acts, "intents": []}
        for n, (who, said, acts) in enumerate(turns)
    ]}  # fmt: skip
    file.write_text(json.dumps(dialogue) + "\n")
    (item,) = read_natcs(file)
    assert (item.cue, item.reply) == ("Harbour Boats, what is it about?", "I'd like to berth a sloop for June.")
    assert named(item) == {"rejects": "none", "state": "open"}
    file.write_text(json.dumps(dialogue) + "\nno dialogue\n")
    with pytest.raises(ValueError, match=r"dialogues\.jsonl, line 2"):
        read_natcs(file)


def test_abcd_gives_the_questions_that_identify(tmp_path: Path) -> None:
    turns = [
        ("customer", "My kettle sings off key.", None),
        ("agent", "Oh dear! Whose kettle is it?", None),  # warm as well: not settled
        ("customer", "Mine.", None),
        ("action", "Account has been pulled up.", "pull-up-account"),
        ("agent", "And the number on its base?", None),
        ("customer", "Eleven.", None),
        ("action", "Purchase validation in progress.", "validate-purchase"),
        ("agent", "Would a new lid help?", None),
        ("customer", "Perhaps.", None),
        ("action", "A refund has been made.", "offer-refund"),
    ]
    talk = {
        "original": [[who, said] for who, said, _ in turns],
        "delexed": [{"speaker": who, "text": said.lower(), "targets": ["kettle", None, action, [], -1]}
                    for who, said, action in turns],
    }  # fmt: skip
    file = tmp_path / "abcd.json"
    for content in ([talk], {"train": [talk], "dev": [], "test": [talk, talk]}):
        file.write_text(json.dumps(content))
        (item,) = read_abcd(file)
        assert (item.cue, item.reply) == ("Mine.", "And the number on its base?")
        assert named(item) == {"reflection": "none", "warmth": "none", "action": "none"}
    file.write_text('{"turns": []}')
    with pytest.raises(ValueError, match="not laid out as ABCD"):
        read_abcd(file)
