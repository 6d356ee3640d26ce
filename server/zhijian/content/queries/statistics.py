"""Views by channel: numbers only, there is nothing else."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from zhijian.content.codes import Channel
from zhijian.content.models import Article, ChannelDay

_MOST = 50


@dataclass(frozen=True, slots=True)
class Reach:
    """Views of one article; ``by_channel`` in the order of the channels that have any."""

    pk: int
    title: str
    total: int
    by_channel: list[int]


@dataclass(frozen=True, slots=True)
class Statistics:
    channels: list[tuple[Channel, int]]
    total: int
    articles: list[Reach]


def statistics(scope: QuerySet[Article], *, until: date, days: int = 30) -> Statistics:
    """Views within ``days`` up to ``until``: two queries."""
    counted = ChannelDay.objects.filter(
        article__in=scope, day__gt=until - timedelta(days=days), day__lte=until
    )
    rows = list(
        counted.values("article_id", "article__title", "channel")
        .annotate(views=Sum("views"))
        .order_by("article_id")
    )
    channels = [
        (channel, sum(row["views"] for row in rows if row["channel"] == channel)) for channel in Channel
    ]
    shown = [(channel, views) for channel, views in channels if views]
    found: dict[int, dict[str, int]] = {}
    titles = {row["article_id"]: row["article__title"] for row in rows}
    for row in rows:
        found.setdefault(row["article_id"], {})[row["channel"]] = row["views"]
    reaches = [
        Reach(pk, titles[pk], sum(views.values()), [views.get(channel, 0) for channel, _ in shown])
        for pk, views in found.items()
    ]
    reaches.sort(key=lambda one: (-one.total, one.pk))
    return Statistics(channels=shown, total=sum(views for _, views in shown), articles=reaches[:_MOST])
