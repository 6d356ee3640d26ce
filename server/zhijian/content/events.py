"""What happened to articles."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class ArticlePublished(Event):
    """A version is readable. ``number`` is 1 when the article is new, more when it was changed."""

    article_id: str
    kind: str
    topics: list[str]
    number: int


@dataclass(frozen=True, slots=True)
class ArticleRevoked(Event):
    """撤回: its address now answers with title, time and reason."""

    article_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArticleExpired(Event):
    """Its planned time is over; it has left the lists and the search."""

    article_id: str
