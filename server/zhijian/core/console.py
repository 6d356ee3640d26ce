"""The console's frame: every domain's console room registers its places here, and the shell shows them by person.

``core`` knows no domain and no post: whether a place is shown, and what it counts, is told by who registers it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from zhijian.core import counting

Shown = Callable[[Any], bool]
Waits = Callable[[Any], counting.Rows]


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the left navigation. ``order`` sorts from the top; what ``waits`` there is counted, and shown when it isn't zero."""

    key: str
    label: str
    icon: str
    url_name: str
    order: int
    shown: Shown
    waits: tuple[Waits, ...] = ()
    count_means: str = "待处理"


@dataclass(frozen=True, slots=True)
class Card:
    """A part of 今日工作: ``context`` gives what ``template`` shows to this person, or None for nothing."""

    key: str
    order: int
    shown: Shown
    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Finder:
    """What the search field of the top bar asks; the first one shown to a person is theirs."""

    url_name: str
    label: str
    shown: Shown


def _no_posts(user: Any) -> list[str]:
    return []


@dataclass(slots=True)
class Registry:
    """What the domains have registered; a key registers once, so importing a room twice does no harm.

    ``posts_of`` says a person's posts in words, for the menu of the top bar.
    """

    places: dict[str, Place] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    finders: dict[str, Finder] = field(default_factory=dict)
    posts_of: Callable[[Any], list[str]] = _no_posts

    def add(self, *parts: Place | Card | Finder) -> None:
        for part in parts:
            if isinstance(part, Place):
                self.places[part.key] = part
            elif isinstance(part, Card):
                self.cards[part.key] = part
            else:
                self.finders[part.url_name] = part


registry = Registry()
_LINKS = "_console_links"
register = registry.add


@dataclass(frozen=True, slots=True)
class Link:
    """A place as one person sees it."""

    key: str
    label: str
    icon: str
    url: str
    order: int
    count: int | None = None
    count_means: str = ""


def links_for(user: Any) -> list[Link]:
    """The places of this person, in order, with what waits there. One statement counts it, once a request, as ``user`` lives so long."""
    kept: list[Link] | None = getattr(user, _LINKS, None)
    if kept is None:
        shown = [place for place in registry.places.values() if place.shown(user)]
        found = counting.up_to_limit(
            {(place, waits): waits(user) for place in shown for waits in place.waits}
        )
        kept = [_link(place, sum(found[place, waits] for waits in place.waits)) for place in shown]
        kept.sort(key=lambda link: link.order)
        setattr(user, _LINKS, kept)
    return kept


def waiting_for(user: Any) -> list[Link]:
    """Places where something waits for this person, and which no part of 今日工作 shows by itself."""
    return [link for link in links_for(user) if link.count and link.key not in registry.cards]


def _link(place: Place, count: int) -> Link:
    return Link(
        key=place.key,
        label=place.label,
        icon=place.icon,
        url=reverse(place.url_name),
        order=place.order,
        count=count or None,
        count_means=place.count_means,
    )


def current(links: Iterable[Link], path: str) -> Link | None:
    """The link whose address is the longest beginning of ``path``."""
    fitting = [link for link in links if path.startswith(link.url)]
    return max(fitting, key=lambda link: len(link.url), default=None)


def cards_for(request: HttpRequest) -> list[tuple[Card, dict[str, Any]]]:
    """The parts of 今日工作 for the person who asks, in order; a card without content is left out."""
    found = []
    for card in sorted(registry.cards.values(), key=lambda card: card.order):
        context = card.context(request) if card.shown(request.user) else None
        if context is not None:
            found.append((card, context))
    return found


def finder_for(user: Any) -> tuple[str, str] | None:
    """Address and label of the search that this person's top bar offers."""
    for finder in registry.finders.values():
        if finder.shown(user):
            try:
                return reverse(finder.url_name), finder.label
            except NoReverseMatch:
                continue
    return None


def wants_part(request: HttpRequest, target: str = "") -> bool:
    """Whether a script asks for a part of the page: the one in ``target``, if that is named. A page that the browser
    brings back is whole."""
    asks: Any = getattr(request, "htmx", None)
    return bool(asks) and not asks.history_restore_request and target in ("", asks.target)
