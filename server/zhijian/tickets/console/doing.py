"""From what was posted to the action that it asks for. The actions check; here nothing is decided."""

from collections.abc import Mapping
from typing import Final

from django.http import QueryDict

from zhijian.core import numbers
from zhijian.core.errors import FieldError
from zhijian.core.words import tidy
from zhijian.organizations.models import Department, Staff
from zhijian.tickets import actions, errors
from zhijian.tickets.models import Category, Ticket
from zhijian.tickets.queries.staff import visible_to
from zhijian.tickets.rules.acts import Action
from zhijian.workbench.acting import Do, number, with_words

PARTS = 6


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


DO: Final[Mapping[Action, Do[Ticket]]] = {
    Action.DISPATCH: _dispatch,
    Action.ANSWER_DIRECTLY: with_words(actions.answer_directly, "ticket", "text"),
    Action.RECLASSIFY: _reclassify,
    Action.SPLIT: _split,
    Action.MERGE: _merge,
    Action.REFUSE: with_words(actions.refuse, "ticket", "reason", "elsewhere", "seen"),
    Action.ACCEPT: with_words(actions.accept, "ticket"),
    Action.RETURN: _return,
    Action.FORWARD: _forward,
    Action.CLAIM: with_words(actions.claim, "ticket"),
    Action.CONTACT: with_words(actions.contact, "ticket", "note"),
    Action.ASK_MORE: with_words(actions.ask_more, "ticket", "question"),
    Action.RESUME: with_words(actions.resume, "ticket", "note"),
    Action.INVITE: _invite,
    Action.CO_ANSWER: with_words(actions.co_answer, "ticket", "opinion"),
    Action.ASK_EXTENSION: _extension,
    Action.APPROVE_EXTENSION: with_words(actions.approve_extension, "ticket", "reason", "seen"),
    Action.DENY_EXTENSION: with_words(actions.deny_extension, "ticket", "opinion", "seen"),
    Action.RECALL_EXTENSION: with_words(actions.recall_extension, "ticket"),
    Action.SUPERVISE: with_words(actions.supervise, "ticket", "note"),
    Action.REPLY: with_words(actions.reply, "ticket", "text", "seen"),
    Action.CALL_BACK: _call_back,
    Action.SEND_BACK: with_words(actions.send_back, "ticket", "reason", "seen"),
    Action.REOPEN: with_words(actions.reopen, "ticket", "reason", "seen"),
}
