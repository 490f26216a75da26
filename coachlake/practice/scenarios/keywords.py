"""Which keywords of a fact or an offer are in a text."""

import re
from collections.abc import Iterable


def keywords_in(text: str, keywords: Iterable[str]) -> list[str]:
    """The keywords found in `text` as whole words, whatever the case; a keyword may be several words."""
    return [word for word in keywords if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)]
