"""RSS 2.0: for readers' programs and for other sites that show our news."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.feedgenerator import Rss201rev2Feed

from zhijian.content.codes import Kind
from zhijian.content.queries.lists import Entry
from zhijian.core.zone import CHINA

_LONGEST = 30
_NEVER = datetime(2000, 1, 1, tzinfo=CHINA)


def feed(entries: Sequence[Entry], *, kind: Kind | None = None) -> bytes:
    """The newest articles, of one kind or of all. The same articles give the same bytes."""
    own = [one for one in entries if kind is None or one.kind == kind][:_LONGEST]
    name = f"feed-{kind.value}.xml" if kind else "feed.xml"
    made = _Feed(
        title=f"{settings.CITY_NAME}{kind.label if kind else '信息发布'}",
        link=f"{settings.PUBLIC_URL}/",
        description="政策、解读、通知公告和要闻",
        language="zh-CN",
        feed_url=f"{settings.PUBLIC_URL}/public/content/{name}",
    )
    for one in own:
        made.add_item(
            title=one.title,
            link=f"{settings.PUBLIC_URL}/public/content/{one.id}.html",
            description=one.spec["plain_summary"] or one.spec["summary"],
            unique_id=one.id,
            unique_id_is_permalink=False,
            pubdate=one.published_at,
            categories=[one.kind.label],
            author_name=one.department["name"],
        )
    return made.writeString("utf-8").encode()


class _Feed(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:  # Django's takes the present moment when there is no article
        newest: datetime = max((item["pubdate"] for item in self.items), default=_NEVER)
        return newest
