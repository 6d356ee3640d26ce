"""What others did with somebody's work 与您有关的变化: told on 今日工作 until the work is opened.

The frame of life cycles tells it; each domain's console says by what name and address its work is opened.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from zhijian.core.clock import now
from zhijian.organizations.models import News, Staff

_KEPT = timedelta(days=30)
_MOST = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """``label`` is what people call the work, ``url_name`` its page, which takes the work's key."""

    label: str
    url_name: str
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    url: str
    words: str
    at: datetime


_kinds: dict[str, Kind] = {}


def register(key: str, kind: Kind) -> None:
    """Once a key: importing a room twice does no harm."""
    _kinds[key] = kind


def tell(staff: Staff, kind: str, key: str, words: str) -> None:
    """``words`` say who did what; nothing of the citizen. What is old is forgotten."""
    News.objects.filter(staff=staff, at__lt=now() - _KEPT).delete()
    News.objects.create(staff=staff, kind=kind, key=key, words=words[:120], at=now())


def opened(staff: Staff, kind: str, key: str) -> None:
    """The person sees the work itself."""
    News.objects.filter(staff=staff, kind=kind, key=key).delete()


def lines(staff: Staff) -> list[Line]:
    """The newest first. One query."""
    found = News.objects.filter(staff=staff, kind__in=_kinds, at__gte=now() - _KEPT).order_by("-pk")[:_MOST]
    return [_line(_kinds[one.kind], one) for one in found]


def _line(kind: Kind, one: News) -> Line:
    name = f"{kind.label} {one.key}" if kind.numbered else kind.label
    return Line(name, reverse(kind.url_name, args=[one.key]), one.words, one.at)
