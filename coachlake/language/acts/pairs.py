"""A (cue, sentence) pair as the tokens that the act model reads; training and judging share it."""

from functools import cache
from typing import Any

from coachlake.language.judged_form import judged_form
from coachlake.models.weights import verified_weight

# What answers a cue answers its end; of a long reply the beginning does.
CUE_TOKENS, SENTENCE_TOKENS = 56, 96
_CLS, _SEP, _PAD = 101, 102, 0  # of the MiniLM vocabulary


@cache
def tokenizer() -> Any:
    """The vocabulary of MiniLM, without padding or truncation."""
    from tokenizers import Tokenizer

    found: Any = Tokenizer.from_file(str(verified_weight("minilm").with_name("tokenizer.json")))
    found.no_padding()
    found.no_truncation()
    return found


def act_form(text: str) -> str:
    """The judged form with its question marks, where there are any. Recognisers set them by the voice, which says
    something that the words of "every other day" do not; half of what is learned from has none, so that they help
    and are not needed. A form is its own form."""
    return " ? ".join(judged_form(piece) for piece in text.split("?")).strip()


def pair_tokens(cue: str, sentence: str) -> tuple[list[int], list[int]]:
    """Token ids and segment ids (0 the cue, 1 the sentence) of a pair, each as `act_form` gives it."""
    encode = tokenizer().encode
    before = encode(act_form(cue), add_special_tokens=False).ids[-CUE_TOKENS:]
    said = encode(act_form(sentence), add_special_tokens=False).ids[:SENTENCE_TOKENS] or [_PAD]
    return [_CLS, *before, _SEP, *said, _SEP], [0] * (len(before) + 2) + [1] * (len(said) + 1)
