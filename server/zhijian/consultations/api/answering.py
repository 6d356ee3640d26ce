"""Taking part: with a confirmed name, and yet unknown to staff (docs/adr/0021)."""

import hashlib

from django.http import HttpRequest
from ninja import Status

from zhijian.consultations import actions
from zhijian.consultations.api import shapes
from zhijian.consultations.api.router import router
from zhijian.consultations.queries import public
from zhijian.consultations.queries.mine import mine
from zhijian.core.idempotency import KeyMissing
from zhijian.identity.auth import citizen_of, real_name_required


@router.post(
    "/consultations/{consultation_id}/answers", response={201: shapes.MineOut}, auth=real_name_required
)
def take_part(request: HttpRequest, consultation_id: str, body: shapes.SheetIn) -> Status[shapes.MineOut]:
    """提交答卷和意见，每人一份。同一个 Idempotency-Key 重发得到同样的结果。工作人员看不到您是谁。"""
    citizen = citizen_of(request)
    found = actions.take_part(
        citizen.actor,
        citizen=citizen,
        consultation=public.one(consultation_id),
        sheet=_sheet(body),
        request_key=_request_key(request),
    )
    return Status(201, shapes.mine(found))


@router.get("/consultations/{consultation_id}/answers/mine", response=shapes.MineOut, auth=real_name_required)
def get_mine(request: HttpRequest, consultation_id: str) -> shapes.MineOut:
    """我的答卷和意见，以及意见是否公开、为什么不公开。公布采纳情况以后不能再按人查找。"""
    return shapes.mine(mine(citizen_of(request), public.one(consultation_id)))


@router.put("/consultations/{consultation_id}/answers/mine", response=shapes.MineOut, auth=real_name_required)
def replace_mine(request: HttpRequest, consultation_id: str, body: shapes.SheetIn) -> shapes.MineOut:
    """修改我的答卷，结束前有效。改动过的意见重新审看。"""
    citizen = citizen_of(request)
    row = public.one(consultation_id)
    return shapes.mine(actions.replace(citizen.actor, citizen=citizen, consultation=row, sheet=_sheet(body)))


@router.delete("/consultations/{consultation_id}/answers/mine", response={204: None}, auth=real_name_required)
def retract_mine(request: HttpRequest, consultation_id: str) -> Status[None]:
    """撤回我的答卷，结束前有效；撤回后可以重新参加。"""
    citizen = citizen_of(request)
    actions.retract(citizen.actor, citizen=citizen, consultation=public.one(consultation_id))
    return Status(204, None)


def _sheet(body: shapes.SheetIn) -> actions.Sheet:
    return actions.Sheet(
        values=body.answers,
        comments=[(comment.clause, comment.text) for comment in body.comments],
        notify=body.notify,
    )


def _request_key(request: HttpRequest) -> str:
    """The common idempotency record would keep a person's key beside a digest of their answer: not here."""
    key = request.headers.get("Idempotency-Key", "")
    if not 8 <= len(key) <= 80:
        raise KeyMissing
    return f"{key}\0{hashlib.sha256(request.body).hexdigest()}"
