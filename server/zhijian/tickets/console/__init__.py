"""Staff screens of tickets: queue, one ticket, dispatching, public texts, tables, figures."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, re_path, reverse

from zhijian.core import console
from zhijian.organizations import news
from zhijian.organizations.access import may, staff_of
from zhijian.organizations.rules import Post
from zhijian.tickets.console import desk, figures, publishing, queue, rules, ticket
from zhijian.tickets.console.rows import rows
from zhijian.tickets.queries import staff as reading
from zhijian.tickets.queries.desk import texts_waiting
from zhijian.tickets.queries.facts import POSTS

_ON_FIRST_PAGE = 8


def _handles(user: Any) -> bool:
    return may(user, *POSTS)


def _today(request: HttpRequest) -> dict[str, Any]:
    staff = staff_of(request)
    counts, address = reading.counts(staff), reverse("tickets_queue")
    dispatcher = may(staff, Post.TICKET_DISPATCHER)
    tiles = [
        ("待派单", "send", counts.undispatched, "", "desk=undispatched")
        if dispatcher
        else ("我名下在办", "inbox", counts.mine, "", "desk=mine"),
        ("待签收", "hand", counts.unclaimed, "", "desk=unclaimed"),
        *_asked(counts, dispatcher=dispatcher, officer=may(staff, Post.TICKET_OFFICER)),
        ("已超期", "octagon-alert", counts.red, "red" if counts.red else "", "light=red"),
        ("临期", "triangle-alert", counts.yellow, "yellow" if counts.yellow else "", "light=yellow"),
    ]
    page = reading.queue(staff, size=_ON_FIRST_PAGE)
    return {
        "tiles": [
            {"words": words, "icon": icon, "count": count, "light": light, "url": f"{address}?{query}"}
            for words, icon, count, light, query in tiles
        ],
        "rows": rows(page.items, staff),
    }


def _asked(
    counts: reading.Counts, *, dispatcher: bool, officer: bool
) -> list[tuple[str, str, int, str, str]]:
    """What others asked of this person's posts; an officer who helps nobody isn't told so."""
    found = []
    if dispatcher:
        light = "yellow" if counts.extension else ""
        found.append(("待批延期", "hourglass", counts.extension, light, "desk=extension"))
        found.append(("待回访", "message-square", counts.callback, "", "desk=callback"))
    if officer and counts.help:
        found.append(("待协办", "users", counts.help, "", "desk=help"))
    return found


news.register("ticket", news.Kind("诉求", "tickets_ticket"))
console.register(
    console.Place(
        "tickets", "诉求", "message-square", "tickets_queue", 30, _handles, (reading.waiting_for,), "待办"
    ),
    console.Place(
        "tickets_dispatching",
        "派单台",
        "send",
        "tickets_dispatching",
        31,
        lambda user: may(user, Post.TICKET_DISPATCHER),
    ),
    console.Place(
        "tickets_texts",
        "公开与答复库",
        "book-open",
        "tickets_texts",
        32,
        _handles,
        (texts_waiting,),
        "待核定公开",
    ),
    console.Place(
        "tickets_rules",
        "诉求规则",
        "settings",
        "tickets_rules",
        33,
        lambda user: may(user, Post.TICKET_DISPATCHER),
    ),
    console.Place(
        "tickets_figures",
        "诉求统计",
        "radar",
        "tickets_figures",
        61,
        lambda user: may(user, Post.SUPERVISOR, Post.TICKET_DISPATCHER),
    ),
    console.Card("tickets", 12, _handles, "tickets/today.html", _today),
    console.Finder("tickets_queue", "按诉求编号或内容查找", _handles),
)

urlpatterns = [
    path("tickets/", queue.queue_page, name="tickets_queue"),
    path("tickets-dispatching/", desk.desk_page, name="tickets_dispatching"),
    path("tickets-dispatching/<str:number>/", desk.dispatch_one, name="tickets_dispatch_one"),
    path("tickets-texts/", publishing.texts, name="tickets_texts"),
    path("tickets-texts/<str:number>/", publishing.text, name="tickets_text"),
    path("tickets-texts/<str:number>/prepare/", publishing.prepare, name="tickets_prepare"),
    path("tickets-texts/<str:number>/publish/", publishing.publish, name="tickets_publish"),
    path("tickets-texts/<str:number>/unpublish/", publishing.unpublish, name="tickets_unpublish"),
    path("tickets-rules/", rules.rules_page, name="tickets_rules"),
    path("tickets-rules/sla/<slug:code>/", rules.save_sla, name="tickets_save_sla"),
    path("tickets-rules/routing/", rules.save_routing, name="tickets_save_routing"),
    path("tickets-rules/template/", rules.save_template, name="tickets_save_template"),
    path("tickets-figures/", figures.figures_page, name="tickets_figures"),
    re_path(r"^tickets-figures/tickets\.(?P<form>csv|xlsx)$", figures.figures_file, name="tickets_export"),
    path("tickets/<str:number>/", ticket.ticket_page, name="tickets_ticket"),
    path("tickets/<str:number>/actions/<str:action>/", ticket.act, name="tickets_act"),
    path("tickets/<str:number>/reveal/", ticket.reveal, name="tickets_reveal"),
    path("tickets/<str:number>/photos/<str:photo_id>/", ticket.photo, name="tickets_photo"),
]
