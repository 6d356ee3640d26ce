"""Background work of content: outside links, and news from below that change what articles say."""

from django.conf import settings

from zhijian.catalog.events import ItemPublished, ItemWithdrawn
from zhijian.content import actions
from zhijian.content.actions.compilation import compile_naming
from zhijian.content.adapters.links import LinkProbe
from zhijian.core.events import subscribe
from zhijian.core.tasks import task


@task(queue="upkeep", cron="20 2 * * *", queueing_lock="content.check_outside_links")
def check_outside_links() -> None:
    """At night, and only where the city lets its servers call the outside (``CONTENT_CHECK_LINKS``)."""
    if settings.CONTENT_CHECK_LINKS:
        actions.check_links(LinkProbe())


@subscribe(ItemPublished)
@task()
def recompile_after_item(code: str, version: int) -> None:
    compile_naming(code)


@subscribe(ItemWithdrawn)
@task()
def recompile_after_withdrawal(code: str, reason: str) -> None:
    compile_naming(code)
