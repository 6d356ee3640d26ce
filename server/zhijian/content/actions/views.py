from django.db import connection

from zhijian.content.codes import Channel
from zhijian.content.models import Article
from zhijian.content.queries.articles import read_version
from zhijian.core.clock import today

_ADD = """
INSERT INTO content_channelday (article_id, channel, day, views) VALUES (%s, %s, %s, 1)
ON CONFLICT ON CONSTRAINT views_once_a_day DO UPDATE SET views = content_channelday.views + 1
"""


def count_view(*, public_id: str, channel: Channel) -> Article:
    """One view more of a readable article through ``channel`` today. Nothing about the reader is kept.

    There is no actor: a count is nobody's act, and auditing it would make a trace of it. Raises
    :class:`ArticleNotFound` or :class:`ArticleGone`.
    """
    article = read_version(public_id).article
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [article.pk, channel.value, today()])
    return article
