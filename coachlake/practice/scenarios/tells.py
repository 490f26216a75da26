"""Which of the words that give a fact away are in a text."""

import re
from collections.abc import Iterable


def tells_in(text: str, tells: Iterable[str]) -> list[str]:
    """The tells found in `text` as whole words, whatever the case; a tell may be several words."""
    return [tell for tell in tells if re.search(rf"(?<!\w){re.escape(tell)}(?!\w)", text, re.IGNORECASE)]
