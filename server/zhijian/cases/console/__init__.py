"""Staff screens of cases: the queue, one case, supervision, and their parts of 今日工作."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse

from zhijian.cases.console import case, preview, queue, supervision
from zhijian.cases.console.rows import Row, rows
from zhijian.cases.queries import desk
from zhijian.cases.queries.facts import HANDLING_POSTS
from zhijian.cases.queries.staff import QueueFilters
from zhijian.cases.queries.staff import queue as read_queue
from zhijian.cases.queries.supervision import figures
from zhijian.cases.rules import table
from zhijian.core import console
from zhijian.organizations import news
from zhijian.organizations.access import may, staff_of
from zhijian.organizations.rules import Post

_ON_FIRST_PAGE = 8


def _handles(user: Any) -> bool:
    return may(user, *HANDLING_POSTS)


def _asked(staff: Any) -> list[Row]:
    return rows(read_queue(staff, filters=QueueFilters(desk="extension"), size=_ON_FIRST_PAGE).items, staff)


def _today(request: HttpRequest) -> dict[str, Any]:
    staff = staff_of(request)
    counts, address = desk.counts(staff), reverse("cases_queue")
    mine = read_queue(staff, filters=QueueFilters(desk="mine"), size=_ON_FIRST_PAGE)
    tiles = [
        ("我名下在办", "inbox", counts.mine, "", "desk=mine"),
        ("待认领", "hand", counts.unclaimed, "", "desk=unclaimed"),
        ("已超期", "octagon-alert", counts.red, "red" if counts.red else "", "light=red"),
        ("临期", "triangle-alert", counts.yellow, "yellow" if counts.yellow else "", "light=yellow"),
        *(
            [
                (
                    "待批延期",
                    "hourglass",
                    counts.extension,
                    "yellow" if counts.extension else "",
                    "desk=extension",
                )
            ]
            if may(staff, *table.EXTENSION_DESK)
            else []
        ),
        *(
            [("补正已交回", "undo-2", counts.returned, "", "desk=returned")]
            if may(staff, *table.FRONT)
            else []
        ),
    ]
    return {
        "tiles": [
            {"words": words, "icon": icon, "count": count, "light": light, "url": f"{address}?{query}"}
            for words, icon, count, light, query in tiles
        ],
        "title": "我的办件，最急的在前",
        "rows": rows(mine.items, staff),
        "asked": _asked(staff) if counts.extension else [],
        "asked_url": f"{address}?desk=extension",
        "waiting": counts.unclaimed,
        "waiting_url": f"{address}?desk=unclaimed",
    }


def _supervised(request: HttpRequest) -> dict[str, Any]:
    found, address = figures(staff_of(request)), reverse("cases_supervision")
    tiles = [
        ("在办", "inbox", found.open, "", address),
        ("已超期", "octagon-alert", found.overdue, "red" if found.overdue else "", f"{address}?light=red"),
        (
            "临期",
            "triangle-alert",
            found.near_due,
            "yellow" if found.near_due else "",
            f"{address}?light=yellow",
        ),
    ]
    return {
        "tiles": [dict(zip(("words", "icon", "count", "light", "url"), tile, strict=True)) for tile in tiles]
    }


news.register("case", news.Kind("办件", "cases_case"))
console.register(
    console.Place(
        "cases", "办件", "inbox", "cases_queue", 20, _handles, (desk.on_my_desk,), "我名下在办和待批延期"
    ),
    console.Place(
        "supervision", "监察", "radar", "cases_supervision", 60, lambda user: may(user, Post.SUPERVISOR)
    ),
    console.Card("cases", 10, _handles, "cases/today.html", _today),
    console.Card(
        "supervised", 11, lambda user: may(user, Post.SUPERVISOR), "cases/today_supervised.html", _supervised
    ),
    console.Finder("cases_queue", "按办件编号或事项名称查找", _handles),
)

urlpatterns = [
    path("cases/", queue.queue_page, name="cases_queue"),
    path("cases/bulk/", queue.bulk, name="cases_bulk"),
    path("cases/<str:number>/", case.case_page, name="cases_case"),
    path("cases/<str:number>/actions/<str:action>/", case.act, name="cases_act"),
    path("cases/<str:number>/preview/<str:action>/", preview.preview, name="cases_preview"),
    path("cases/<str:number>/reveal/", case.reveal, name="cases_reveal"),
    path("cases/<str:number>/viewer/<str:file_id>/", case.viewer, name="cases_viewer"),
    path("cases/<str:number>/files/<str:file_id>/", case.file, name="cases_file"),
    path("cases/<str:number>/documents/<str:kind>/", case.document, name="cases_document"),
    path("supervision/", supervision.supervision, name="cases_supervision"),
]
