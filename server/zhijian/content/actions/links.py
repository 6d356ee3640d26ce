"""Outside addresses: noted when an article is published, checked by a task where the city allows it."""

from django.db import transaction

from zhijian.content.adapters.links import LinkProbe
from zhijian.content.models import LinkCheck
from zhijian.content.rules import addresses, richtext
from zhijian.content.spec import ArticleSpec
from zhijian.core.clock import now

_BATCH = 100


@transaction.atomic
def note_links(spec: ArticleSpec) -> None:
    """Remember the outside addresses of a text, so that they are listed and checked."""
    outside = {
        address
        for address, _ in richtext.links(spec.body)
        if addresses.read(address).target == "external" and len(address) <= 1000
    }
    LinkCheck.objects.bulk_create([LinkCheck(address=one) for one in outside], ignore_conflicts=True)


def check_links(probe: LinkProbe) -> int:
    """Ask the addresses that were asked longest ago how they answer; returns how many. No transaction is held
    while others answer."""
    oldest = LinkCheck.objects.order_by("checked_at", "pk")  # never checked: NULL sorts last in PostgreSQL
    rows = [*oldest.filter(checked_at=None)[:_BATCH], *oldest.exclude(checked_at=None)[:_BATCH]][:_BATCH]
    for row in rows:
        answer = probe.ask(row.address)
        LinkCheck.objects.filter(pk=row.pk).update(
            checked_at=now(), reachable=answer.reachable, result=answer.words
        )
    return len(rows)
