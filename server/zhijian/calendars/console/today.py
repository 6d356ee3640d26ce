"""Administrators are told which year to enter, officers which of their dates may still move. Nobody else is told."""

from typing import Any

from django.http import HttpRequest

from zhijian.calendars import queries
from zhijian.organizations.access import may, staff_of
from zhijian.organizations.rules import Post


def card(request: HttpRequest) -> dict[str, Any] | None:
    staff = staff_of(request)
    if may(staff, Post.SYSTEM_ADMIN):
        lacks = queries.lacks()
        pending = bool(queries.unsettled())
        return {"lacks": lacks, "pending": pending} if lacks or pending else None
    years, found = queries.reaching(staff)
    if not found:
        return None
    return {
        "years": "、".join(f"{year}年" for year in years),
        "found": "、".join(f"{one.count}件{one.label}" for one in found),
    }
