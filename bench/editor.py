"""Wagtail's editor of the item with the longest form, as its author gets it."""

import gzip
from typing import TYPE_CHECKING

from support.city import City

from bench.cases.lists import session_of
from bench.client import Client
from bench.database import connect
from bench.figures import Value, latency
from bench.progress import say

if TYPE_CHECKING:
    from zhijian.catalog.models import ServiceItem
    from zhijian.organizations.models import Staff

_TIMES = 30
_WARM_UP = 5


def measure(city: City) -> dict[str, Value]:
    connect()
    from django.urls import reverse

    say("items: the editor …")
    item, author = _longest()
    path = reverse("catalog_items:edit", args=[item.pk])
    with Client(city.port, headers={"Cookie": f"sessionid={session_of(author)}"}) as client:
        answers = [client.get(path) for _ in range(_WARM_UP + _TIMES)][_WARM_UP:]
    return {
        **latency("items_edit", [answer.seconds for answer in answers]),
        "items_edit_kb": round(len(answers[-1].body) / 1000),
        "items_edit_sent_kb": round(len(gzip.compress(answers[-1].body, 6)) / 1000),
    }


def _longest() -> tuple["ServiceItem", "Staff"]:
    """The item with the most rows in its form, and who writes it."""
    from zhijian.catalog.models import ServiceItem
    from zhijian.organizations.models import Staff
    from zhijian.organizations.rules import Post

    authors = Staff.objects.filter(holdings__post=Post.ITEM_MANAGER, is_active=True)
    items = ServiceItem.objects.filter(live=True, department__in=authors.values("holdings__department"))
    item = max(items.order_by("code"), key=lambda item: len(str(item.serializable_data())))
    return item, authors.filter(holdings__department=item.department).order_by("pk")[0]
