"""What stands out of the noise without being taken for speech: the recogniser is asked, among the speech around it.

A detector that hears 32 ms at a time takes some loud single words ("Oh!", "Yeah, no, it works" into a close
microphone) for noise whatever it is given before them. The recogniser tells words from noise by what is said; alone it
invents words in noise, so it hears these stretches in the windows of speech it hears anyway, and is believed where it
is sure. Of five words so added on real calls other passes over the channel agree on four.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.speech.activity import Span, loud_stretches
from coachlake.speech.edges import within_speech
from coachlake.speech.windows import PAD_S
from coachlake.timings import timed

# Shorter stretches (s) are ends of words and clicks.
_SHORTEST_S = 0.25
# With more of it than this share of the speech, the line is noisy, or music plays: nothing of it is asked.
_MOST_SHARE = 0.1
# The least probability of a word that is believed. Chosen on the same few real calls: those believed have 0.78 to
# 0.97, an invented one 0.57, and a real "Oh" that is lost 0.3.
_BELIEVED_FROM = 0.7


@timed("detect_speech")
def doubtful_spans(samples: NDArray[np.float32], spans: Sequence[Span]) -> list[Span]:
    """Stretches of a channel (float32, samples at 16 kHz) outside its speech (`spans`) that may be speech too; none
    where there is no speech, or too much of such stretches beside it."""
    found = [span for span in loud_stretches(samples, spans) if span.end_s - span.start_s >= _SHORTEST_S]
    return found if _length(found) <= _MOST_SHARE * _length(spans) else []


def with_believed(
    words: Sequence[Word], spans: Sequence[Span], doubtful: Sequence[Span]
) -> tuple[list[Word], list[Span]]:
    """The words heard in speech and in doubtful stretches (both in time order) without those in the latter that are not
    sure; and the speech with the doubtful stretches that hold a word that is kept. Words keep to the stretches they
    are in. What lies so near speech that it is heard with it anyway is believed as speech is."""
    placed = within_speech(words, sorted([*spans, *doubtful]))
    heard_anyway = [Span(start - PAD_S, end + PAD_S) for start, end in spans]
    kept = [word for word in placed if _is_sure(word) or _in_any(word, heard_anyway) or not _in_any(word, doubtful)]
    believed = [span for span in doubtful if any(_in_any(word, [span]) for word in kept)]
    return kept, sorted([*spans, *believed])


def _is_sure(word: Word) -> bool:
    return word.probability is None or word.probability >= _BELIEVED_FROM


def _in_any(word: Word, spans: Sequence[Span]) -> bool:
    return any(start < word.end_s and word.start_s < end for start, end in spans)


def _length(spans: Sequence[Span]) -> float:
    return sum(end - start for start, end in spans)
