"""The public figures: soon after a change, at most every ten minutes, and once a day for the date they bear."""

from django.db.models import Max

from zhijian.core.clock import local_date, today
from zhijian.core.tasks import task
from zhijian.publishing.models import PublishedDocument
from zhijian.ratings.actions.publishing import publish_figures
from zhijian.ratings.documents import KEY
from zhijian.ratings.queries.figures import changed_since


@task(queue="upkeep", cron="*/10 * * * *", queueing_lock="ratings.refresh_figures")
def refresh_figures() -> None:
    last = PublishedDocument.objects.filter(key=KEY, current=True).aggregate(at=Max("published_at"))["at"]
    if last is None or local_date(last) < today() or changed_since(last):
        publish_figures()
