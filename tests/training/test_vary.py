"""What is learned from is varied as recognisers would, the same for the same seed."""

import random

from training.acts.vary import vary

TEXT = "could you tell me which of the two lamps went out first ?"
WORDS = sorted({*TEXT.split(), "cellar", "lantern", "whistle", "trout"} - {"?"})


def varied(seed: int, times: int = 200) -> list[str]:
    rng = random.Random(seed)
    return [vary(TEXT, rng, WORDS) for _ in range(times)]


def test_a_seed_fixes_every_variation() -> None:
    assert varied(1) == varied(1) != varied(2)


def test_about_half_lose_their_mark_and_most_keep_their_words() -> None:
    found = varied(0, 1000)
    assert 0.42 < sum("?" not in text for text in found) / len(found) < 0.58
    assert 0.65 < sum(text.replace(" ?", "") == TEXT.replace(" ?", "") for text in found) / len(found) < 0.9


def test_nothing_is_varied_away() -> None:
    rng = random.Random(0)
    assert all(vary("no", rng, ["no", "none"]) for _ in range(500))
