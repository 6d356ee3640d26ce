from django.db import transaction

from zhijian.content.actions.desk import ARTICLES
from zhijian.content.actions.release import release
from zhijian.content.models import Article, ArticleVersion
from zhijian.core.actor import Actor


@transaction.atomic
def publish(
    actor: Actor, *, article: Article, checked: bool = False, compiled: bool = True
) -> ArticleVersion:
    """Publish the newest draft now, without review: for the system's own loading only.

    ``checked``: the caller has asked for its faults already. ``compiled=False`` leaves the documents to the caller,
    who publishes many. Raises :class:`ContentInvalid`; refuses staff (they submit for review).
    """
    row = ARTICLES.publish_unreviewed(actor, article, checked=checked)
    return release(actor, article=row, compiled=compiled)
