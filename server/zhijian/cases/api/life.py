"""What the citizen does with a case once it is filled in."""

from django.http import HttpRequest
from ninja import Schema
from pydantic import ConfigDict, Field

from zhijian.cases import actions
from zhijian.cases.api.common import detail, own_case
from zhijian.cases.api.router import router
from zhijian.cases.presenting import shapes
from zhijian.core.idempotency import idempotent
from zhijian.identity.auth import citizen_of, real_name_required


class Submit(Schema):
    model_config = ConfigDict(extra="forbid")
    consent: bool
    revision: int | None = Field(None, ge=0, description="核对时读到的修改次数；之后又改过的不提交")


class Withdraw(Schema):
    reason: str = Field("", max_length=500)


class Urge(Schema):
    note: str = Field("", max_length=500)


@router.post("/cases/{case_id}/submit", response=shapes.CaseDetail, auth=real_name_required)
@idempotent
def submit(request: HttpRequest, case_id: str, data: Submit) -> shapes.CaseDetail:
    """提交申请。用同一个 Idempotency-Key 重复提交，只有一个办件。"""
    case, actor = own_case(request, case_id), citizen_of(request).actor
    return detail(actions.submit(actor, case=case, consent=data.consent, revision=data.revision))


@router.post("/cases/{case_id}/resubmit", response=shapes.CaseDetail)
@idempotent
def resubmit(request: HttpRequest, case_id: str) -> shapes.CaseDetail:
    """提交补正。"""
    return detail(actions.resubmit(citizen_of(request).actor, case=own_case(request, case_id)))


@router.post("/cases/{case_id}/withdraw", response=shapes.CaseDetail)
def withdraw(request: HttpRequest, case_id: str, data: Withdraw) -> shapes.CaseDetail:
    """撤回申请，作出决定之前都可以。"""
    case = own_case(request, case_id)
    return detail(actions.withdraw(citizen_of(request).actor, case=case, reason=data.reason))


@router.post("/cases/{case_id}/urge", response=shapes.CaseDetail)
def urge(request: HttpRequest, case_id: str, data: Urge) -> shapes.CaseDetail:
    """催办，每天一次。"""
    case = own_case(request, case_id)
    return detail(actions.urge(citizen_of(request).actor, case=case, note=data.note))


@router.post("/cases/{case_id}/confirm-receipt", response=shapes.CaseDetail)
def confirm_receipt(request: HttpRequest, case_id: str) -> shapes.CaseDetail:
    """确认收到结果。"""
    return detail(actions.confirm_receipt(citizen_of(request).actor, case=own_case(request, case_id)))
