"""Drafts: open, save, refresh, delete."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import ConfigDict, Field

from zhijian.cases import actions
from zhijian.cases.api.common import detail, own_case
from zhijian.cases.api.router import router
from zhijian.cases.presenting import shapes
from zhijian.core import item_codes
from zhijian.core.idempotency import idempotent
from zhijian.identity.auth import citizen_of, real_name_required

Answers = dict[str, str]
#: The revision that the values were typed on (``revision`` of the case as the phone read it). Whoever names none has
#: read none, and may fill in what is empty but not change what is there.
Read = Annotated[int, Field(ge=0, le=2_147_483_647)]


class OpenDraft(Schema):
    model_config = ConfigDict(extra="forbid")
    item_code: str = Field(max_length=item_codes.LENGTH)
    answers: Answers = Field(default_factory=dict, max_length=10)


class SetAnswers(Schema):
    model_config = ConfigDict(extra="forbid")
    answers: Answers = Field(max_length=10)
    revision: Read = 0


class SaveForm(Schema):
    model_config = ConfigDict(extra="forbid")
    values: dict[str, Any]
    page: str = Field("", max_length=40)
    revision: Read = 0


class SetDelivery(Schema):
    model_config = ConfigDict(extra="forbid")
    method: str = Field(max_length=12)
    hall: str = Field("", max_length=200)
    address: str = Field("", max_length=1000)
    receiver: str = Field("", max_length=200)
    phone: str = Field("", max_length=40)
    revision: Read = 0


@router.post("/cases", response={201: shapes.CaseDetail, 200: shapes.CaseDetail}, auth=real_name_required)
@idempotent
def open_draft(request: HttpRequest, data: OpenDraft) -> Status[shapes.CaseDetail]:
    """开始办理：新建草稿；同一事项已有草稿时返回原来的草稿（200）。"""
    citizen = citizen_of(request)
    case, created = actions.open_draft(
        citizen.actor, citizen=citizen, item_code=data.item_code, answers=data.answers
    )
    return Status(201 if created else 200, detail(case))


@router.put("/cases/{case_id}/answers", response=shapes.CaseDetail)
def set_answers(request: HttpRequest, case_id: str, data: SetAnswers) -> shapes.CaseDetail:
    """选择办理情形。"""
    case = own_case(request, case_id)
    actor = citizen_of(request).actor
    return detail(actions.set_answers(actor, case=case, answers=data.answers, revision=data.revision))


@router.patch("/cases/{case_id}/form", response=shapes.CaseDetail)
def save_form(request: HttpRequest, case_id: str, data: SaveForm) -> shapes.CaseDetail:
    """自动保存：可以只传改动的字段；填写有误的也会保存，错误列在 form_errors。

    revision 是填写时读到的修改次数；之后在别的设备上改过且不一样的，不会覆盖，回答 409（cases.newer_saved）。
    """
    case, actor = own_case(request, case_id), citizen_of(request).actor
    saved = actions.save_form(actor, case=case, values=data.values, page=data.page, revision=data.revision)
    return detail(saved)


@router.put("/cases/{case_id}/delivery", response=shapes.CaseDetail)
def set_delivery(request: HttpRequest, case_id: str, data: SetDelivery) -> shapes.CaseDetail:
    """选择结果的送达方式。"""
    case = own_case(request, case_id)
    actor, delivery = citizen_of(request).actor, data.dict(exclude={"revision"})
    return detail(actions.set_delivery(actor, case=case, delivery=delivery, revision=data.revision))


@router.post("/cases/{case_id}/refresh", response=shapes.CaseDetail)
def refresh(request: HttpRequest, case_id: str) -> shapes.CaseDetail:
    """办事指南有更新时，把草稿换到现行版本，已填写的内容尽量保留。"""
    return detail(actions.refresh(citizen_of(request).actor, case=own_case(request, case_id)))


@router.delete("/cases/{case_id}", response={204: None})
def discard(request: HttpRequest, case_id: str) -> Status[None]:
    """删除草稿。"""
    actions.discard(citizen_of(request).actor, case=own_case(request, case_id))
    return Status(204, None)
