"""Every page of the app and the console that a sweep visits."""

#: Addresses of the app that need no log-in.
PUBLIC = [
    "",
    "pages/browse/index",
    "pages/browse/list?theme=证件办理",
    "pages/search/index",
    "pages/guide/index?code=990100GA0002000",
    "pages/guide/index?code=990100GA0001000",
    "pages/interact/index",
    "pages/ticket/new?kind=report",
    "pages/ticket/list?view=receipt",
    "pages/ticket/answers",
    "pages/me/index",
    "pages/login/index",
    "pages/verify/index",
    "pages/booking/choose?item=990100CRJ0006000",
    "pages/booking/list",
    "pages/mine/messages",
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
]
#: Member of staff → console pages of their posts.
CONSOLE = {
    "ga_window1": ["/", "/cases/", "/account/"],
    "ga_case1": ["/", "/cases/"],
    "ga_approve1": ["/", "/cases/"],
    "ga_item1": ["/", "/items/", "/items/workbook/"],
    "ga_review1": ["/", "/items/review/"],
    "zw_supervise1": ["/", "/supervision/"],
    "zw_operate1": [
        "/",
        "/messages/",
        "/messages/new/",
        "/messages/emergency/",
        "/messages/templates/",
        "/messages/templates/case.correction/",
        "/messages/channels/",
    ],
    "zw_system1": ["/", "/organizations/", "/organizations/departments/", "/organizations/halls/"],
    "zw_audit1": ["/", "/audit/", "/audit/chain/"],
}
