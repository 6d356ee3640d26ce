"""From what was posted to the action that it asks for. The actions check; here nothing is decided."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import QueryDict

from zhijian.core import numbers
from zhijian.core.errors import FieldError
from zhijian.core.words import tidy
from zhijian.organizations.models import Department, Staff
from zhijian.tickets import actions, errors
from zhijian.tickets.models import Category, Ticket
from zhijian.tickets.queries.staff import visible_to
from zhijian.tickets.rules.acts import Action

Do = Callable[[Staff, Ticket, QueryDict], object]
PARTS = 6


def _plain(action: Callable[..., object], *names: str) -> Do:
    """An action whose arguments are words of the same names."""
    return lambda staff, ticket, data: action(
        staff.actor, ticket=ticket, **{name: data.get(name, "") for name in names}
    )


def department(data: QueryDict, name: str = "department") -> Department:
    """Raises DepartmentWrong for none or an unknown one."""
    found = Department.objects.filter(code=tidy(data.get(name, ""))).first()
    if found is None:
        raise errors.DepartmentWrong(fields=[FieldError(f"/{name}", "required", "请选择部门")])
    return found


def _category(code: str) -> Category:
    found = Category.objects.select_related("sla", "parent").filter(code=tidy(code)).first()
    if found is None:
        raise errors.CategoryWrong(fields=[FieldError("/category", "choice", errors.CategoryWrong.title)])
    return found


def number(text: str | None) -> int:
    """0 for what isn't a number: the action refuses it with its own words."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else 0


def _three(text: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(text or "")


def _dispatch(staff: Staff, ticket: Ticket, data: QueryDict) -> Ticket:
    return actions.dispatch(
        staff.actor,
        ticket=ticket,
        department=department(data),
        note=data.get("note", ""),
        urgent=bool(data.get("urgent")),
    )


def _forward(staff: Staff, ticket: Ticket, data: QueryDict) -> Ticket:
    return actions.forward(
        staff.actor, ticket=ticket, department=department(data), reason=data.get("reason", "")
    )


def _return(staff: Staff, ticket: Ticket, data: QueryDict) -> Ticket:
    suggestion = department(data) if data.get("department") else None
    return actions.return_to_dispatcher(
        staff.actor, ticket=ticket, reason=data.get("reason", ""), suggestion=suggestion
    )


def _invite(staff: Staff, ticket: Ticket, data: QueryDict) -> Ticket:
    return actions.invite(
        staff.actor, ticket=ticket, department=department(data), request=data.get("request", "")
    )


def _reclassify(staff: Staff, ticket: Ticket, data: QueryDict) -> Ticket:
    return actions.reclassify(staff.actor, ticket=ticket, category=_category(data.get("category", "")))


def _merge(staff: Staff, ticket: Ticket, data: QueryDict) -> Ticket:
    wanted = numbers.code(tidy(data.get("into_typed", "") or data.get("into", "")))
    into = visible_to(staff).filter(number=wanted).first()
    if into is None:
        raise errors.MergeWrong(fields=[FieldError("/into", "unknown", "没有找到这个编号的诉求，请核对")])
    return actions.merge(staff.actor, ticket=ticket, into=into, reason=data.get("reason", ""))


def _split(staff: Staff, ticket: Ticket, data: QueryDict) -> Ticket:
    parts = []
    for place in range(1, PARTS + 1):
        body = data.get(f"body_{place}", "").strip()
        if body:
            category = data.get(f"category_{place}", "") or ticket.category.code
            parts.append(actions.Part(department(data, f"department_{place}"), _category(category), body))
    return actions.split(staff.actor, ticket=ticket, parts=parts)


def _extension(staff: Staff, ticket: Ticket, data: QueryDict) -> Ticket:
    days = number(data.get("days"))
    return actions.ask_extension(staff.actor, ticket=ticket, days=days, reason=data.get("reason", ""))


def _call_back(staff: Staff, ticket: Ticket, data: QueryDict) -> Ticket:
    return actions.call_back(
        staff.actor,
        ticket=ticket,
        note=data.get("note", ""),
        resolved=_three(data.get("resolved")),
        seen=data.get("seen", ""),
    )


DO: Final[Mapping[Action, Do]] = {
    Action.DISPATCH: _dispatch,
    Action.ANSWER_DIRECTLY: _plain(actions.answer_directly, "text"),
    Action.RECLASSIFY: _reclassify,
    Action.SPLIT: _split,
    Action.MERGE: _merge,
    Action.REFUSE: _plain(actions.refuse, "reason", "elsewhere", "seen"),
    Action.ACCEPT: _plain(actions.accept),
    Action.RETURN: _return,
    Action.FORWARD: _forward,
    Action.CLAIM: _plain(actions.claim),
    Action.CONTACT: _plain(actions.contact, "note"),
    Action.ASK_MORE: _plain(actions.ask_more, "question"),
    Action.RESUME: _plain(actions.resume, "note"),
    Action.INVITE: _invite,
    Action.CO_ANSWER: _plain(actions.co_answer, "opinion"),
    Action.ASK_EXTENSION: _extension,
    Action.APPROVE_EXTENSION: _plain(actions.approve_extension, "reason", "seen"),
    Action.DENY_EXTENSION: _plain(actions.deny_extension, "opinion", "seen"),
    Action.RECALL_EXTENSION: _plain(actions.recall_extension),
    Action.SUPERVISE: _plain(actions.supervise, "note"),
    Action.REPLY: _plain(actions.reply, "text", "seen"),
    Action.CALL_BACK: _call_back,
    Action.SEND_BACK: _plain(actions.send_back, "reason", "seen"),
    Action.REOPEN: _plain(actions.reopen, "reason", "seen"),
}


def typed(data: QueryDict) -> dict[str, Any]:
    """What was typed, to be shown again after a refusal."""
    return {name: data.get(name) for name in data if name != "csrfmiddlewaretoken"}
