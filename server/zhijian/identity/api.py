"""Logging in, sessions and the citizen's own data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Status

from zhijian.core.api import Router
from zhijian.core.callers import caller_address
from zhijian.identity import actions, demo, errors, queries
from zhijian.identity.auth import citizen_bearer, citizen_of, real_name_required, session_of
from zhijian.identity.models import Citizen, Delegation, Session
from zhijian.identity.schemas import (
    AskDelegation,
    CodeRequest,
    CodeSent,
    DelegationInfo,
    DemoCitizen,
    LoggedIn,
    LogIn,
    Me,
    RealName,
    SessionInfo,
    SettingsChange,
)

router = Router(tags=["身份"])


@router.post("/login-codes", response={202: CodeSent}, auth=None, exclude_none=True)
def request_code(request: HttpRequest, data: CodeRequest) -> Status[dict[str, Any]]:
    """获取登录验证码。无论手机号是否注册，回答都一样。"""
    wait = actions.request_code(actions.VISITOR, phone=data.phone, address=caller_address(request))
    inbox = {"sandbox_inbox": settings.SANDBOX_INBOX_URL} if settings.DEMO else {}
    return Status(202, {"resend_after": wait} | inbox)


@router.post("/sessions", response={201: LoggedIn}, auth=None)
def log_in(request: HttpRequest, data: LogIn) -> Status[dict[str, Any]]:
    """用验证码登录；首次登录即注册。"""
    done = actions.log_in(actions.VISITOR, phone=data.phone, code=data.code, device=data.device)
    return Status(201, {"token": done.token, "citizen": _me(done.session.citizen)})


@router.get("/sessions", response=list[SessionInfo], auth=citizen_bearer)
def list_sessions(request: HttpRequest) -> list[dict[str, Any]]:
    """登录中的设备，最近使用的在前。"""
    current = session_of(request)
    return [_session(session, current) for session in queries.open_sessions(citizen_of(request))]


@router.delete("/sessions/current", response={204: None}, auth=citizen_bearer)
def log_out(request: HttpRequest) -> Status[None]:
    """退出登录。"""
    citizen = citizen_of(request)
    actions.end_session(citizen.actor, citizen=citizen, public_id=session_of(request).public_id)
    return Status(204, None)


@router.delete("/sessions/others", response={204: None}, auth=citizen_bearer)
def end_others(request: HttpRequest) -> Status[None]:
    """退出其他所有设备。"""
    citizen = citizen_of(request)
    actions.end_other_sessions(citizen.actor, citizen=citizen, keep=session_of(request))
    return Status(204, None)


@router.delete("/sessions/{session_id}", response={204: None}, auth=citizen_bearer)
def end_session(request: HttpRequest, session_id: str) -> Status[None]:
    """退出指定设备。"""
    citizen = citizen_of(request)
    actions.end_session(citizen.actor, citizen=citizen, public_id=session_id)
    return Status(204, None)


@router.get("/me", response=Me, auth=citizen_bearer)
def me(request: HttpRequest) -> dict[str, Any]:
    """本人信息，均已脱敏。"""
    return _me(citizen_of(request))


@router.patch("/me", response=Me, auth=citizen_bearer)
def change_settings(request: HttpRequest, data: SettingsChange) -> dict[str, Any]:
    """修改语言和长辈版。"""
    citizen = citizen_of(request)
    changed = actions.update_settings(
        citizen.actor, citizen=citizen, locale=data.locale, elder_mode=data.elder_mode
    )
    return _me(changed)


@router.post("/me/real-name", response=Me, auth=citizen_bearer)
def real_name(request: HttpRequest, data: RealName) -> dict[str, Any]:
    """实名认证。"""
    citizen = citizen_of(request)
    confirmed = actions.check_real_name(
        citizen.actor, citizen=citizen, name=data.name, id_number=data.id_number
    )
    return _me(confirmed)


@router.get("/delegations", response=list[DelegationInfo], auth=citizen_bearer)
def list_delegations(request: HttpRequest) -> list[dict[str, Any]]:
    """我能为谁代办，谁能为我代办，以及等待同意的请求。"""
    citizen = citizen_of(request)
    return [_delegation(row, citizen) for row in queries.delegations(citizen)]


@router.post("/delegations", response={202: None}, auth=real_name_required)
def ask_delegation(request: HttpRequest, data: AskDelegation) -> Status[None]:
    """请家人同意由我代办。无论对方是否注册，回答都一样。"""
    citizen = citizen_of(request)
    actions.ask_delegation(citizen.actor, agent=citizen, phone=data.phone, relation=data.relation)
    return Status(202, None)


@router.post("/delegations/{delegation_id}/agree", response=DelegationInfo, auth=real_name_required)
def agree_delegation(request: HttpRequest, delegation_id: str) -> dict[str, Any]:
    """同意对方为我代办；只有被代办人本人可以同意。"""
    citizen = citizen_of(request)
    delegation = queries.delegation_of(citizen, delegation_id)
    if delegation.principal_id != citizen.pk:
        raise errors.DelegationNotFound
    return _delegation(actions.agree_delegation(citizen.actor, delegation=delegation), citizen)


@router.delete("/delegations/{delegation_id}", response={204: None}, auth=citizen_bearer)
def end_delegation(request: HttpRequest, delegation_id: str) -> Status[None]:
    """拒绝、撤回或解除代办，双方都可以，随时生效。"""
    citizen = citizen_of(request)
    actions.end_delegation(citizen.actor, delegation=queries.delegation_of(citizen, delegation_id))
    return Status(204, None)


@router.get("/demo/citizens", response=list[DemoCitizen], auth=None)
def demo_citizens(request: HttpRequest) -> list[dict[str, str]]:
    """演示环境可用的手机号。"""
    if not settings.DEMO:
        raise errors.DemoOnly
    return demo.people()


def _me(citizen: Citizen) -> dict[str, Any]:
    return {
        "id": citizen.public_id,
        "phone_masked": citizen.masked_phone,
        "name_masked": citizen.masked_name or None,
        "id_masked": citizen.masked_id or None,
        "real_name": citizen.real_name,
        "locale": citizen.locale,
        "elder_mode": citizen.elder_mode,
        "saved_materials": queries.saved_materials(citizen),
    }


def _session(session: Session, current: Session) -> dict[str, Any]:
    return {
        "id": session.public_id,
        "device": session.device,
        "created_at": session.created_at,
        "last_seen_at": session.last_seen_at,
        "current": session.pk == current.pk,
    }


def _delegation(row: Delegation, citizen: Citizen) -> dict[str, Any]:
    mine = row.agent_id == citizen.pk
    other = row.principal if mine else row.agent
    # Until the principal agreed, the agent learns nothing that they did not know: not even the name.
    named = row.agreed_at is not None or not mine
    return {
        "id": row.public_id,
        "mine": mine,
        "relation": row.relation if mine else "",
        "name_masked": other.masked_name if named else "",
        "phone_masked": other.masked_phone,
        "agreed": row.agreed_at is not None,
        "asked_at": row.asked_at,
    }
