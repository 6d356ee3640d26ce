"""The rectification desk, and one order: what was said, what may be done now, what was done."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhijian.core.clock import now
from zhijian.core.console_lights import ICONS, Lamp, lamp
from zhijian.core.deadlines import LimitUnit
from zhijian.core.lights import Light
from zhijian.core.workdays import Workdays
from zhijian.lifecycle.table import Transition
from zhijian.organizations import news
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holders
from zhijian.ratings import actions
from zhijian.ratings.actions.rectifying import mark, roles_of
from zhijian.ratings.console.overview import TAG_WORDS
from zhijian.ratings.errors import OfficerWrong, RectificationNotFound
from zhijian.ratings.models import Rectification
from zhijian.ratings.queries import rectifications as queries
from zhijian.ratings.queries.ratings import READERS
from zhijian.ratings.rules import STAR_LABELS
from zhijian.ratings.rules import rectification as rules
from zhijian.ratings.rules.rectification import Action, Ground, State
from zhijian.ratings.subjects import label
from zhijian.workbench.acting import Bench, Do, Tried, with_words
from zhijian.workbench.listing import chips, pages
from zhijian.workbench.revealing import revealed

_DESKS = {"mine": "等我办理", "open": "全部在办", "overdue": "超期", "closed": "已结束"}
_CHIPS = [(words, f"desk={code}", "") for code, words in _DESKS.items()]
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
    chosen = chosen if chosen in _DESKS else "mine"
    page = queries.listed(staff, desk=chosen, cursor=request.GET.get("cursor"))
    address = reverse("rectifications")
    moment, calendar = now(), Workdays.load()
    context = {
        "rows": [
            {"order": order, "lamp": light_of(order, moment, calendar), "kind": label(order.rating.kind)}
            for order in page.items
        ],
        "chips": chips(address, _CHIPS, request.GET, names=("desk",), default="desk=mine"),
        **pages(address, request.GET, page.next_cursor),
    }
    return render(request, "ratings/orders.html", context)


@require_POST
@requires(*READERS)
def reveal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name and phone of who is to be contacted, for a reason that they can read; only for whose order it is."""
    staff = staff_of(request)
    order = queries.one(staff, public_id)
    if order.rating.citizen is None or not _contacts(staff, order):
        raise RectificationNotFound("只有正在承办的人员可以查看联系方式。")
    clear, problem = revealed(request, order.rating.citizen, ["name", "phone"])
    context = _context(staff, order) | {"clear": clear, "problem": problem}
    return render(request, "ratings/order.html", context, status=problem.status if problem else 200)


def _assign(staff: Staff, order: Rectification, data: Any) -> Any:
    officer = Staff.objects.filter(public_id=data.get("officer", "")).first()
    if officer is None:
        raise OfficerWrong
    return actions.assign(staff.actor, order=order, officer=officer)


_DO: dict[Action, Do[Rectification]] = {
    Action.ASSIGN: _assign,
    Action.CONTACT: with_words(actions.contact, "order", "note"),
    Action.FIX: with_words(actions.fix, "order", "measure"),
    Action.CALL_BACK: with_words(actions.call_back, "order", "note", "seen"),
    Action.SEND_BACK: with_words(actions.send_back, "order", "note", "seen"),
    Action.PUBLISH: with_words(actions.publish, "order", "outcome", "seen"),
    Action.DISPUTE: with_words(actions.dispute, "order", "ground", "note"),
    Action.DISMISS: with_words(actions.dismiss, "order", "note", "seen"),
    Action.UPHOLD: with_words(actions.uphold, "order", "note", "seen"),
}


def _show(request: HttpRequest, order: Rectification, tried: Tried | None) -> HttpResponse:
    context = _context(staff_of(request), order, tried=tried)
    return render(request, "ratings/order.html", context, status=tried.problem.status if tried else 200)


BENCH = Bench(
    find=queries.one,
    not_found=RectificationNotFound,
    do=_DO,
    show=_show,
    page="rectification",
    listing="rectifications",
)


@require_GET
@requires(*READERS)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    try:
        order = queries.one(staff, public_id)
    except RectificationNotFound:  # it may have gone to another department: that was the news
        news.opened(staff, "rectification", public_id)
        raise
    news.opened(staff, "rectification", public_id)
    return _show(request, order, None)


@require_POST
@requires(*READERS)
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    return BENCH.act(request, public_id, action)


def _context(staff: Staff, order: Rectification, *, tried: Tried | None = None) -> dict[str, Any]:
    rating = order.rating
    offers = rules.TABLE.available(
        order.state, roles_of(staff.actor, staff, order), queries.facts_of(order, staff)
    )
    return {
        "order": order,
        "problem": tried.problem if tried else None,
        "seen": mark(order),
        "rating": rating,
        "kind": label(rating.kind),
        "stars": STAR_LABELS[rating.stars][0],
        "tags": [TAG_WORDS[code] for code in rating.tags],
        "state": State(order.state).label,
        "ground": Ground(order.ground).label if order.ground else "",
        "lamp": light_of(order, now(), Workdays.load()),
        "offers": [_offer(row, why, tried) for row, why in offers],
        "officers": _officers(order) if any(row.action is Action.ASSIGN for row, _ in offers) else [],
        "grounds": Ground.choices,
        "steps": [
            {"step": step, "label": _STEP_WORDS.get(step.action, step.action)} for step in order.steps.all()
        ],
        "contacts": rating.citizen is not None and _contacts(staff, order),
    }


def _offer(row: Transition[State, Action], why: str, tried: Tried | None) -> dict[str, Any]:
    name, words = _FIELDS.get(row.action, ("", ""))
    typed = tried.typed if tried and row.action == tried.action else None
    return {
        "action": row.action,
        "label": row.action.label,
        "why": why,
        "field": name,
        "words": words,
        "typed": (typed or {}).get(name, ""),
        "open": typed is not None or (row.action in _PRIMARY and not why),
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
    return order.state == State.FIXED and bool(roles_of(staff.actor, staff, order) & set(rules.HEADS))


def light_of(order: Rectification, moment: datetime, calendar: Workdays) -> Lamp:
    if order.closed_at:
        return Lamp(Light.NONE.value, ICONS[Light.NONE], "已结束")
    return lamp(
        queries.light_of(order), order.due_at, unit=LimitUnit.WORKING_DAY, now=moment, calendar=calendar
    )
