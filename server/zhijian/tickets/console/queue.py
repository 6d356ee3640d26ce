"""The queue: the most urgent first, filters as chips, search by number or by words."""

from dataclasses import asdict, dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

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

SIZE = 20


@dataclass(frozen=True, slots=True)
class Chip:
    """A saved filter. ``count`` None: not counted."""

    label: str
    url: str
    current: bool
    count: int | None = None


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
    part = bool(getattr(request, "htmx", False)) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    page = queue(staff, filters=_filters(asked), cursor=asked.get("cursor"), size=SIZE)
    context = {
        "asked": {"q": words},
        "chips": _chips(staff, asked),
        "rows": rows(page.items, staff),
        "next_url": _url(asked, cursor=page.next_cursor) if page.next_cursor else "",
        "first_url": _url(asked, cursor="") if asked.get("cursor") else "",
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
    known, held = asdict(counts(staff)), posts_of(staff)
    chosen = {name: asked[name] for name in ("desk", "state", "light", "kind") if asked.get(name)}
    searching = bool(asked.get("q"))
    return [
        Chip(
            label=label,
            url=f"{reverse('tickets_queue')}?{query}" if query else reverse("tickets_queue"),
            current=not searching and QueryDict(query).dict() == chosen,
            count=known.get(count) if count else None,
        )
        for label, query, count, post in _CHIPS
        if not post or post in held
    ]


def _url(asked: QueryDict, *, cursor: str | None) -> str:
    query = asked.copy()
    query.pop("cursor", None)
    if cursor:
        query["cursor"] = cursor
    return f"{reverse('tickets_queue')}?{query.urlencode()}" if query else reverse("tickets_queue")
