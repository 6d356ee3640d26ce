"""What a citizen can see of how their data is used."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Schema

from zhijian.core.api import Router
from zhijian.identity.auth import citizen_bearer, citizen_of
from zhijian.privacy import queries, rules

router = Router(tags=["个人信息"])
_SHOWN = 200


class AccessInfo(Schema):
    at: datetime
    post: str
    department: str
    fields: list[str]
    reason: str


@router.get("/me/access-log", response=list[AccessInfo], auth=citizen_bearer)
def access_log(request: HttpRequest) -> list[dict[str, Any]]:
    """谁查看过我的信息：岗位、部门、内容和理由，最近的在前。"""
    return [
        {
            "at": entry.at,
            "post": entry.get_post_display(),
            "department": entry.department.name if entry.department else "",
            "fields": rules.words(entry.fields),
            "reason": entry.reason,
        }
        for entry in queries.access_log(citizen_of(request))[:_SHOWN]
    ]
