"""Judges that look at how a sentence is built beside what it means, fitted on the written examples.

They stand where they do better than the act model alone on labelled sets that their author did not read: warmth by
themselves, paraphrase together with it (docs/signals.md has the ablation). What they replaced elsewhere is gone.
"""

from coachlake.language.emotion import EMOTION
from coachlake.language.head import fit_head
from coachlake.language.paraphrase import ParaphraseFeatures
from coachlake.language.types import Encoder, Judge
from coachlake.signals.examples.load import with_neighbours


def by_form(encoder: Encoder) -> dict[str, Judge]:
    """Question → its judge: `paraphrase` and `warmth`."""
    return {
        "paraphrase": fit_head(with_neighbours("paraphrase"), encoder, features=ParaphraseFeatures(encoder)),
        "warmth": fit_head(with_neighbours("warmth"), encoder, features=EMOTION),
    }
