"""The queue: the most urgent first, filters as chips, search by number or by words."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from zhijian.core.console import wants_part
from zhijian.core.numbers import code
from zhijian.core.serials import plausible
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import posts_of
from zhijian.organizations.rules import Post
from zhijian.tickets.console.rows import rows
from zhijian.tickets.queries.facts import POSTS
from zhijian.tickets.queries.staff import QueueFilters, counts, queue
from zhijian.tickets.rules.kinds import Kind
from zhijian.workbench.listing import Chip, chips, pages

SIZE = 20


#: Label, query string, name of the count, post that it is for.
_CHIPS = (
    ("全部在办", "", "all", ""),
    ("我的", "desk=mine", "mine", Post.TICKET_OFFICER),
    ("待派单", "desk=undispatched", "undispatched", Post.TICKET_DISPATCHER),
    ("待签收", "desk=unclaimed", "unclaimed", ""),
    ("待批延期", "desk=extension", "extension", Post.TICKET_DISPATCHER),
    ("待回访", "desk=callback", "callback", Post.TICKET_DISPATCHER),
    ("已超期", "light=red", "red", ""),
    ("临期", "light=yellow", "yellow", ""),
    ("督办", "desk=supervised", "supervised", ""),
    ("待协办", "desk=help", "help", Post.TICKET_OFFICER),
    *((str(kind.label), f"kind={kind.value}", "", "") for kind in Kind),
)


@requires(*POSTS)
def queue_page(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    asked = request.GET
    words = asked.get("q", "").strip()
    if plausible(code(words)):
        return redirect("tickets_ticket", code(words))
    part = wants_part(request)
    page = queue(staff, filters=_filters(asked), cursor=asked.get("cursor"), size=SIZE)
    context = {
        "asked": {"q": words},
        "chips": _chips(staff, asked),
        "rows": rows(page.items, staff),
        **pages(reverse("tickets_queue"), asked, page.next_cursor),
        "oob": part,
    }
    return render(request, "tickets/desk.html" if part else "tickets/queue.html", context)


def _filters(asked: QueryDict) -> QueueFilters:
    return QueueFilters(
        desk=asked.get("desk", ""),
        state=asked.get("state", ""),
        light=asked.get("light", ""),
        kind=asked.get("kind", ""),
        words=asked.get("q", "").strip(),
    )


def _chips(staff: Staff, asked: QueryDict) -> list[Chip]:
    held = posts_of(staff)
    mine = [(label, query, count) for label, query, count, post in _CHIPS if not post or post in held]
    names, known = ("desk", "state", "light", "kind"), asdict(counts(staff))
    return chips(reverse("tickets_queue"), mine, asked, names=names, known=known)
