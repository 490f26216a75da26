"""Whether somebody speaks English."""

import re
from functools import cache

# German, Spanish, French, Italian, Portuguese, Dutch, Polish, Turkish, Swedish: words any sentence of them has.
_OTHER_LANGUAGES = """
der die das und ist nicht ein eine ich sie wir ihre ihnen mit für auf von den dem es wie kann haben bitte
el la los las que por una con para es su usted le como está mi lo muy qué del se nos
le les des est une vous je nous pour avec dans pas votre ce qui que du sur au et il merci
il che di è non per una sono con mi lei la questo ho del ci
o os uma não com seu você meu está são do da em por
het een niet ik u wij uw met voor van op dat deze naar hebben
nie jest się na to z pan pani proszę czy mam
bir ve bu için ne var siz ben mi çok ile
och att det inte är jag på som har med för ni en
"""


def is_other_language(text: str) -> bool:
    """Whether a text of three words or more is in another script, or has function words of another language."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < 3:
        return False
    if sum(not word.isascii() for word in words) > len(words) / 2:
        return True
    english, other = _function_words()
    return sum(word in other for word in words) > 2 * sum(word in english for word in words)


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    """English function words, and frequent ones of other languages that are no English words."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    english = frozenset(ENGLISH_STOP_WORDS) | {"okay", "ok", "yes", "no", "hello", "hi", "thank", "thanks", "sorry"}
    return english, frozenset(_OTHER_LANGUAGES.split()) - english
