"""The seconds that are silenced hold all of what was taken out, also where the recogniser lost its end."""

from pathlib import Path

import numpy as np
import soundfile

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Segment, Transcript
from coachlake.privacy.muted import muted
from coachlake.privacy.redact import redacted
from coachlake.speech.decode import SAMPLE_RATE_HZ, read_channels
from coachlake.speech.playable import playable_copy


def _segment(speaker: str, *words: tuple[str, float, float]) -> Segment:
    said = tuple(Word(text, start, end, 0.9) for text, start, end in words)
    return Segment(speaker, said[0].start_s, said[-1].end_s, " ".join(word.text for word in said), said)


def _call(*after: Segment) -> Transcript:
    asked = _segment("left", ("Your", 1.0, 1.2), ("social", 1.2, 1.6), ("security", 1.6, 2.0), ("number?", 2.0, 2.4))
    # Three groups, heard as one word that ends with the first.
    told = _segment("right", ("528-41-7736", 4.4, 5.2))
    return redacted(Transcript((asked, told, *after), (), "recording"))


def _spans(call: Transcript) -> list[tuple[str, float, float]]:
    return [(one.kind, round(one.start_s, 2), round(one.end_s, 2)) for one in muted(call.segments)]


def test_it_reaches_to_where_the_same_person_is_heard_again() -> None:
    assert _spans(_call(_segment("right", ("Right?", 9.1, 9.4)))) == [("national_id", 3.9, 9.1)]


def test_it_reaches_to_where_another_says_more_than_mm_hm() -> None:
    nod = _segment("left", ("Mm-hm.", 6.0, 6.2))
    answer = _segment("left", ("Thank", 9.5, 9.7), ("you,", 9.7, 9.9), ("one", 9.9, 10.1), ("moment.", 10.1, 10.4))
    assert _spans(_call(nod, answer)) == [("national_id", 3.9, 9.5)]


def test_it_ends_where_nobody_is_heard_again() -> None:
    assert _spans(_call()) == [("national_id", 3.9, 15.2)]


def test_words_beside_it_are_heard() -> None:
    call = redacted(
        Transcript(
            (_segment("right", ("It's", 1.0, 1.4), ("a@b.com", 1.5, 3.0), ("thanks", 3.2, 3.6)),), (), "recording"
        )
    )
    assert _spans(call) == [("email", 1.4, 3.2)]


def test_the_copy_to_play_is_silent_there(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, (SAMPLE_RATE_HZ * 12, 2))
    soundfile.write(tmp_path / "call.wav", noise, SAMPLE_RATE_HZ)
    spans = [(one.start_s, one.end_s) for one in muted(_call(_segment("right", ("Right?", 9.1, 9.4))).segments)]
    played = read_channels(playable_copy(tmp_path / "call.wav", tmp_path, spans)).samples
    level = [
        float(np.sqrt(np.mean(played[:, round(at * 16_000) : round((at + 0.5) * 16_000)] ** 2))) for at in (2, 8.3)
    ]
    assert level[0] > 0.05
    assert level[1] < 0.001
