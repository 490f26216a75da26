"""AnnoMI: counselling dialogues, several annotators an utterance (Wu et al. 2022/2023). annomi/AnnoMI-full.csv."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coachlake.conversations.backchannels import is_listening_token
from coachlake.conversations.conversation import Conversation, Speaker, conversation_from_lines
from evaluation.sets.find import find


@dataclass(frozen=True, slots=True)
class Utterance:
    """One utterance. `votes` are every annotator's row: column → their labels."""

    transcript_id: str
    speaker: Speaker
    text: str
    cue: str
    is_high_quality: bool
    votes: dict[str, tuple[str, ...]]

    def majority(self, column: str) -> str | None:
        """The label more annotators gave than any other; None for a tie."""
        ranked = Counter(self.votes[column]).most_common(2)
        return None if len(ranked) > 1 and ranked[0][1] == ranked[1][1] else ranked[0][0]


_VOTED = ("question_exists", "question_subtype", "reflection_exists", "reflection_subtype")


@cache
def utterances(folder: Path) -> tuple[Utterance, ...]:
    """Every utterance in order, its cue what the client said before it, backchannels aside."""
    import pandas as pd

    table = pd.read_csv(find(folder, "annomi/AnnoMI*.csv"), dtype=str, keep_default_na=False)
    found, transcript, heard, answered = [], "", "", True
    for _, rows in table.groupby(["transcript_id", "utterance_id"], sort=False):
        transcript_id = str(rows.transcript_id.iloc[0])
        if transcript_id != transcript:
            transcript, heard, answered = transcript_id, "", True
        first = rows.iloc[0]
        speaker: Speaker = "rep" if first.interlocutor == "therapist" else "customer"
        found.append(_utterance(first, rows, speaker, heard))
        if is_listening_token(first.utterance_text):
            continue  # "mm-hmm" opens no new exchange: the therapist goes on answering what was said before
        if speaker == "customer":
            heard = first.utterance_text if answered else f"{heard} {first.utterance_text}"
        answered = speaker == "rep"
    return tuple(found)


def dialogues(folder: Path) -> dict[str, tuple[Conversation, bool]]:
    """transcript_id → the dialogue (therapist = rep, untimed) and whether it shows high-quality counselling."""
    grouped: dict[str, list[Utterance]] = {}
    for utterance in utterances(folder):
        grouped.setdefault(utterance.transcript_id, []).append(utterance)
    return {
        name: (conversation_from_lines(name, [(u.speaker, u.text) for u in said]), said[0].is_high_quality)
        for name, said in grouped.items()
    }


def _utterance(first: Any, rows: Any, speaker: Speaker, cue: str) -> Utterance:
    votes = {column: tuple(rows[column]) for column in _VOTED}
    return Utterance(first.transcript_id, speaker, first.utterance_text, cue, first.mi_quality == "high", votes)
