"""Every page of the app and the console that a sweep visits.

A name in braces stands for what the city of this run calls it: see :func:`address`.
"""

from functools import cache

from support.city import City

#: Addresses of the app that need no log-in.
PUBLIC = [
    "",
    "pages/browse/index",
    "pages/browse/list?by=theme_person&name=证件办理",
    "pages/search/index",
    "pages/guide/index?code=990100GA0002000",
    "pages/guide/index?code=990100GA0001000",
    "pages/interact/index",
    "pages/ticket/new?kind=report",
    "pages/ticket/list?view=receipt",
    "pages/ticket/answers",
    "pages/me/index",
    "pages/login/index",
    "pages/lost/index",
    "pages/verify/index",
    "pages/booking/choose?item=990100CRJ0006000",
    "pages/booking/list",
    "pages/mine/messages",
    "pages/content/list",
    "pages/content/list?kind=policy",
    "pages/content/list?topic=newcomer",
    "pages/content/topics",
    "pages/content/article?id={policy}",
    "pages/content/article?id={interpretation}",
    "pages/consultation/list",
    "pages/consultation/list?state=closed",
    "pages/consultation/detail?id={draft}",
    "pages/consultation/detail?id={answered}",
    "pages/rate/code?token=unknown",
]
#: … and those of a person who is logged in.
PERSONAL = [
    "",
    "pages/me/index",
    "pages/case/list",
    "pages/mine/licences",
    "pages/mine/favourites",
    "pages/mine/sessions",
    "pages/mine/access-log",
    "pages/mine/real-name",
    "pages/mine/settings",
    "pages/booking/choose?item=990100CRJ0006000",
    "pages/booking/list",
    "pages/booking/standing",
    "pages/booking/family",
    "pages/mine/messages",
    "pages/mine/message-settings",
    "pages/ticket/list",
    "pages/consultation/detail?id={survey}",
    "pages/consultation/answer?id={draft}",
    "pages/consultation/answer?id={survey}",
]
#: Member of staff → console pages of their posts.
CONSOLE = {
    "ga_window1": ["/", "/cases/", "/account/", "/counter/", "/arrivals/"],
    "ga_case1": ["/", "/cases/"],
    "ga_approve1": ["/", "/cases/"],
    "ga_item1": ["/", "/items/", "/items/workbook/"],
    "ga_review1": ["/", "/items/review/"],
    "zw_supervise1": ["/", "/supervision/", "/ratings/", "/ratings/orders/", "/tickets-figures/"],
    "zw_operate1": [
        "/",
        "/messages/",
        "/messages/new/",
        "/messages/emergency/",
        "/messages/templates/",
        "/messages/templates/case.correction/",
        "/messages/channels/",
    ],
    "zw_hall1": [
        "/",
        "/arrivals/",
        "/hall-day/",
        "/hall-devices/",
        "/appointments/supply/",
        "/appointments/supply/city/",
        "/appointments/supply/city/plans/new/",
        "/appointments/supply/city/board/",
        "/appointments/supply/city/closing/",
        "/appointments/supply/city/groups/",
        "/appointments/supply/city/groups/new/",
        "/appointments/appeals/",
        "/appointments/rushes/",
        "/appointments/rushes/new/",
        "/ratings/",
        "/ratings/poor/",
        "/ratings/orders/",
        "/ratings/codes/",
    ],
    "zw_ticket1": [
        "/",
        "/tickets/",
        "/tickets-dispatching/",
        "/tickets-texts/",
        "/tickets-rules/",
        "/tickets-figures/",
    ],
    "cg_ticket1": ["/", "/tickets/", "/tickets-texts/"],
    "zw_edit1": [
        "/",
        "/content/",
        "/content/add/",
        "/content/media/",
        "/content/health/",
        "/content/statistics/",
        "/content/words/",
        "/consultations/",
        "/consultations/new/",
    ],
    "zw_review1": ["/", "/content/review/", "/consultations/"],
    "zw_system1": ["/", "/organizations/", "/organizations/departments/", "/organizations/halls/"],
    "zw_audit1": ["/", "/audit/", "/audit/chain/"],
}


def address(city: City, path: str) -> str:
    """``path`` with the names in it filled in."""
    return path.format(**_names(city)) if "{" in path else path


@cache
def _names(city: City) -> dict[str, str]:
    """``policy`` changes an older one; ``draft`` and ``survey`` are open, ``answered`` has its feedback."""
    policies = city.get("/public/content/kinds/policy.json")["articles"]
    explained = city.get("/public/content/kinds/interpretation.json")["articles"]
    running = city.get("/api/v1/consultations?state=open")["items"]
    ended = city.get("/api/v1/consultations?state=closed")["items"]
    return {
        "policy": next(one["id"] for one in policies if one["pinned"]),
        "interpretation": explained[0]["id"],
        "draft": next(one["id"] for one in running if "征求意见稿" in one["title"]),
        "survey": next(one["id"] for one in running if "问卷" in one["title"]),
        "answered": next(one["id"] for one in ended if one["phase"] == "answered"),
    }


#: Member of staff, a list of theirs, and what the address of a page behind it looks like.
BEHIND = [
    ("zw_hall1", "/appointments/supply/city/", r"/city/plans/\w{26}/$"),
    ("zw_hall1", "/appointments/supply/city/", r"/city/plans/\w{26}/days/$"),
    ("zw_hall1", "/appointments/supply/city/groups/", r"/city/groups/\w{26}/$"),
    ("zw_hall1", "/ratings/orders/", r"/ratings/orders/\w{26}/$"),
    ("zw_ticket1", "/tickets-dispatching/", r"/tickets/SQ\w+/$"),
    ("zw_ticket1", "/tickets-texts/", r"/tickets-texts/SQ\w+/$"),
    ("cg_ticket1", "/tickets/", r"/tickets/SQ\w+/$"),
    ("zw_edit1", "/content/", r"/content/edit/\d+/$"),
    ("zw_edit1", "/consultations/", r"/consultations/\w{26}/$"),
]
