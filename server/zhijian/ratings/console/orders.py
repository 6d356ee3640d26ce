"""The rectification desk, and one order: what was said, what may be done now, what was done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhijian.core.clock import now
from zhijian.core.console_lights import ICONS, Lamp, lamp
from zhijian.core.deadlines import LimitUnit
from zhijian.core.errors import Problem
from zhijian.core.lights import Light
from zhijian.core.workdays import Workdays
from zhijian.lifecycle.table import Transition
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holders
from zhijian.privacy.actions import reveal as reveal_data
from zhijian.ratings import actions
from zhijian.ratings.actions.rectifying import mark
from zhijian.ratings.console.overview import TAG_WORDS
from zhijian.ratings.errors import OfficerWrong, RectificationNotFound
from zhijian.ratings.models import Rectification
from zhijian.ratings.queries import rectifications as queries
from zhijian.ratings.queries.ratings import READERS
from zhijian.ratings.rules import STAR_LABELS
from zhijian.ratings.rules import rectification as rules
from zhijian.ratings.rules.rectification import Action, Ground, State
from zhijian.ratings.subjects import label

_DESKS = (("mine", "等我办理"), ("open", "全部在办"), ("overdue", "超期"), ("closed", "已结束"))
_STEP_WORDS = {
    "opened": "自动建单",
    "hand_on": "换人承办",
    "recomputed": "工作日历变更，重新计算期限",
} | {action.value: action.label for action in Action}
#: What each action asks for: the field's name and its words.
_FIELDS = {
    Action.CONTACT: ("note", "联系情况（何时、对方意见；联系不上的写明次数和方式）"),
    Action.FIX: ("measure", "查明的情况和整改措施"),
    Action.CALL_BACK: ("note", "回访情况"),
    Action.SEND_BACK: ("note", "对方不满意之处"),
    Action.PUBLISH: ("outcome", "向社会公开的整改结果（不写个人信息）"),
    Action.DISPUTE: ("note", "依据"),
    Action.DISMISS: ("note", "认定的理由"),
    Action.UPHOLD: ("note", "不同意的理由"),
}
_PRIMARY = {Action.ASSIGN, Action.CONTACT, Action.FIX, Action.CALL_BACK, Action.PUBLISH, Action.DISMISS}


@require_GET
@requires(*READERS)
def desk(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    chosen = request.GET.get("desk", "mine")
    chosen = chosen if chosen in dict(_DESKS) else "mine"
    page = queries.listed(staff, desk=chosen, cursor=request.GET.get("cursor"))
    address = reverse("rectifications")
    moment, calendar = now(), Workdays.load()
    following = f"{address}?{urlencode({'desk': chosen, 'cursor': page.next_cursor})}"
    context = {
        "rows": [
            {"order": order, "lamp": light_of(order, moment, calendar), "kind": label(order.rating.kind)}
            for order in page.items
        ],
        "chips": [
            {"label": words, "url": f"{address}?desk={code}", "current": code == chosen}
            for code, words in _DESKS
        ],
        "next_url": following if page.next_cursor else "",
    }
    return render(request, "ratings/orders.html", context)


@require_GET
@requires(*READERS)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    return render(request, "ratings/order.html", _context(staff, queries.one(staff, public_id)))


@require_POST
@requires(*READERS)
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """Do one action. A refusal comes back on the page, with what was typed."""
    staff = staff_of(request)
    order = queries.one(staff, public_id)
    if action not in Action.values:
        raise Http404
    wanted = Action(action)
    try:
        _DO[wanted](staff, order, request.POST)
    except Problem as problem:
        context = _context(staff, queries.one(staff, public_id), tried=wanted, typed=request.POST)
        return render(request, "ratings/order.html", context | {"problem": problem}, status=problem.status)
    messages.success(request, f"已完成：{wanted.label}。")
    if queries.visible_to(staff).filter(pk=order.pk).exists():
        return redirect("rectification", public_id)
    return redirect("rectifications")


@require_POST
@requires(*READERS)
def reveal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name and phone of who is to be contacted, for a reason that they can read; only for whose order it is."""
    staff = staff_of(request)
    order = queries.one(staff, public_id)
    if order.rating.citizen is None or not _contacts(staff, order):
        raise RectificationNotFound("只有正在承办的人员可以查看联系方式。")
    extra: dict[str, Any] = {}
    status = 200
    try:
        extra["clear"] = reveal_data(
            staff.actor,
            staff=staff,
            citizen=order.rating.citizen,
            fields=["name", "phone"],
            reason=request.POST.get("reason", ""),
        )
    except Problem as problem:
        extra["problem"], status = problem, problem.status
    return render(request, "ratings/order.html", _context(staff, order) | extra, status=status)


def _assign(staff: Staff, order: Rectification, data: Any) -> Any:
    officer = Staff.objects.filter(public_id=data.get("officer", "")).first()
    if officer is None:
        raise OfficerWrong
    return actions.assign(staff.actor, order=order, officer=officer)


def _worded(action: Callable[..., Any], *names: str) -> Callable[[Staff, Rectification, Any], Any]:
    return lambda staff, order, data: action(
        staff.actor, order=order, **{name: data.get(name, "") for name in names}
    )


_DO: dict[Action, Callable[[Staff, Rectification, Any], Any]] = {
    Action.ASSIGN: _assign,
    Action.CONTACT: _worded(actions.contact, "note"),
    Action.FIX: _worded(actions.fix, "measure"),
    Action.CALL_BACK: _worded(actions.call_back, "note", "seen"),
    Action.SEND_BACK: _worded(actions.send_back, "note", "seen"),
    Action.PUBLISH: _worded(actions.publish, "outcome", "seen"),
    Action.DISPUTE: lambda staff, order, data: actions.dispute(
        staff.actor, order=order, ground=data.get("ground", ""), note=data.get("note", "")
    ),
    Action.DISMISS: _worded(actions.dismiss, "note", "seen"),
    Action.UPHOLD: _worded(actions.uphold, "note", "seen"),
}


def _context(
    staff: Staff, order: Rectification, *, tried: Action | None = None, typed: Any = None
) -> dict[str, Any]:
    rating = order.rating
    offers = rules.TABLE.available(
        order.state, queries.roles_of(staff, order), queries.facts_of(order, staff)
    )
    return {
        "order": order,
        "seen": mark(order),
        "rating": rating,
        "kind": label(rating.kind),
        "stars": STAR_LABELS[rating.stars][0],
        "tags": [TAG_WORDS[code] for code in rating.tags],
        "state": State(order.state).label,
        "ground": Ground(order.ground).label if order.ground else "",
        "lamp": light_of(order, now(), Workdays.load()),
        "offers": [_offer(row, why, tried=tried, typed=typed) for row, why in offers],
        "officers": _officers(order) if any(row.action is Action.ASSIGN for row, _ in offers) else [],
        "grounds": Ground.choices,
        "steps": [
            {"step": step, "label": _STEP_WORDS.get(step.action, step.action)} for step in order.steps.all()
        ],
        "contacts": rating.citizen is not None and _contacts(staff, order),
    }


def _offer(row: Transition[State, Action], why: str, *, tried: Action | None, typed: Any) -> dict[str, Any]:
    name, words = _FIELDS.get(row.action, ("", ""))
    mine = row.action is tried
    return {
        "action": row.action,
        "label": row.action.label,
        "why": why,
        "field": name,
        "words": words,
        "typed": typed.get(name, "") if mine else "",
        "open": mine or (row.action in _PRIMARY and not why),
        "kind": "primary" if row.action in _PRIMARY else "",
    }


def _officers(order: Rectification) -> list[Staff]:
    found = {
        staff.pk: staff for post in rules.OFFICERS for staff in holders(post, department=order.department)
    }
    return sorted(found.values(), key=lambda staff: staff.username)


def _contacts(staff: Staff, order: Rectification) -> bool:
    """The officer contacts, and whoever heads the work calls back."""
    if order.state in (State.ASSIGNED, State.FIXING):
        return order.assignee_id == staff.pk
    return order.state == State.FIXED and bool(queries.roles_of(staff, order) & set(rules.HEADS))


def light_of(order: Rectification, moment: datetime, calendar: Workdays) -> Lamp:
    if order.closed_at:
        return Lamp(Light.NONE.value, ICONS[Light.NONE], "已结束")
    return lamp(
        queries.light_of(order), order.due_at, unit=LimitUnit.WORKING_DAY, now=moment, calendar=calendar
    )
