"""The ledger of WeChat's one-time consents."""

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import ConfigDict, Field

from zhijian.core.idempotency import idempotent, was_answered
from zhijian.identity.auth import citizen_of
from zhijian.messaging.actions import wechat as actions
from zhijian.messaging.api.router import router
from zhijian.messaging.api.settings import WechatOut, WechatTemplateOut
from zhijian.messaging.queries.choices import wechat_templates


class ConsentsIn(Schema):
    """What ``wx.requestSubscribeMessage`` answered; ``code`` from ``wx.login``, needed the first time."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field("", max_length=64)
    accepted: list[str] = Field(default_factory=list, max_length=actions.AT_ONCE)
    rejected: list[str] = Field(default_factory=list, max_length=actions.AT_ONCE)


@router.post("/messages/wechat-consents", response={201: WechatOut})
def register_consents(request: HttpRequest, data: ConsentsIn) -> Status[WechatOut]:
    """登记微信一次性订阅：点一次“允许”，可以发一条。一次最多3个模板。"""
    openid = ""
    if not was_answered(request):
        openid = actions.openid_of(
            citizen_of(request), accepted=data.accepted, rejected=data.rejected, code=data.code
        )
    return Status(201, _write_consents(request, data, openid).value)


@idempotent
def _write_consents(request: HttpRequest, data: ConsentsIn, openid: str) -> Status[WechatOut]:
    citizen = citizen_of(request)
    actions.write_consents(
        citizen.actor, citizen=citizen, accepted=data.accepted, rejected=data.rejected, openid=openid
    )
    shown = [
        WechatTemplateOut(
            template_id=one.template_id, label=one.label, purpose=one.purpose, balance=one.balance
        )
        for one in wechat_templates(citizen)
    ]
    return Status(201, WechatOut(bound=True, templates=shown))
