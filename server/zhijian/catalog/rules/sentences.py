"""Sentences of certificates with places for what the application says: {field} or {field|words when left out}."""

import re
from collections.abc import Callable, Iterator

_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}")


def blanks(sentence: str) -> Iterator[tuple[str, str | None]]:
    """Field, and the words for when it is left out, of each place."""
    for found in _BLANK.finditer(sentence):
        yield found[1], found[2]


def filled(sentence: str, words_of: Callable[[str], str]) -> str:
    """``words_of`` gives a field's words, empty when it was left out."""
    return _BLANK.sub(lambda found: words_of(found[1]) or found[2] or "", sentence)
