"""Staff and their posts, departments, halls."""

from typing import Any

from django.http import HttpRequest
from django.urls import path

from zhijian.core import console
from zhijian.organizations import news
from zhijian.organizations.access import may, staff_of
from zhijian.organizations.console import places, staff
from zhijian.organizations.rules import Post


def _news(request: HttpRequest) -> dict[str, Any] | None:
    lines = news.lines(staff_of(request))
    return {"lines": lines} if lines else None


console.register(
    console.Card("news", 2, lambda user: True, "organizations/news.html", _news),
    console.Place(
        key="organizations",
        label="机构人员",
        icon="users",
        url_name="organizations_staff",
        order=800,
        shown=lambda user: may(user, Post.SYSTEM_ADMIN),
    ),
    console.Place(
        key="halls",
        label="大厅",
        icon="landmark",
        url_name="organizations_halls",
        order=810,
        shown=lambda user: may(user, Post.OPERATOR) and not may(user, Post.SYSTEM_ADMIN),
    ),
)

urlpatterns = [
    path("organizations/", staff.people, name="organizations_staff"),
    path("organizations/staff/<str:public_id>/", staff.person, name="organizations_person"),
    path("organizations/staff/<str:public_id>/grant/", staff.grant, name="organizations_grant"),
    path(
        "organizations/staff/<str:public_id>/revoke/<int:holding>/", staff.revoke, name="organizations_revoke"
    ),
    path("organizations/staff/<str:public_id>/active/", staff.active, name="organizations_active"),
    path("organizations/departments/", places.departments, name="organizations_departments"),
    path("organizations/halls/", places.halls, name="organizations_halls"),
    path("organizations/halls/<str:code>/", places.hall, name="organizations_hall"),
]
