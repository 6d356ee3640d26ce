"""What search finds besides items. An upper domain registers its source; the catalogue knows only its shape."""

from collections.abc import Callable
from dataclasses import dataclass

from zhijian.catalog.search.ranking import Asked, Score


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """``published_on`` is a date in ISO form; ``highlight`` the part of the title that the query names."""

    id: str
    kind: str
    kind_label: str
    title: str
    title_en: str
    summary: str
    department: str
    department_en: str
    published_on: str
    highlight: str


Source = Callable[[Asked, str, int], list[tuple[Score, ArticleHit]]]
"""(query, audience's code or "", most) → scored hits, best first, on the scale of :mod:`ranking`."""

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let search ask ``source`` too; registering twice does no harm."""
    if source not in _sources:
        _sources.append(source)


def articles(asked: Asked, audience: str, most: int) -> list[tuple[Score, ArticleHit]]:
    found = [pair for source in _sources for pair in source(asked, audience, most)]
    return sorted(found, key=lambda pair: -pair[0].value)
