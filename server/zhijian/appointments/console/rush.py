"""抢号场次: arranging a rush over slots, watching the queue, settling and showing a draw."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhijian.appointments.actions import rush as actions
from zhijian.appointments.errors import RushWrong
from zhijian.appointments.models import Rush
from zhijian.appointments.queries import rush as queries
from zhijian.appointments.rules import admission
from zhijian.appointments.rules.rush import Plan
from zhijian.appointments.rules.states import RushMode
from zhijian.catalog.queries.items import current_versions
from zhijian.core import console
from zhijian.core.clock import now
from zhijian.core.dates import read_day
from zhijian.core.errors import FieldError
from zhijian.core.pagination import paginate
from zhijian.core.zone import CHINA
from zhijian.organizations.access import may, requires, staff_of
from zhijian.organizations.rules import Post

SIZE = 20
_TIMES = ("joins_from", "opens_at", "closes_at")
_DATES = ("first_date", "last_date")
_NUMBERS = {"per_second": "每秒放行", "window_minutes": "预约时间"}


@require_GET
@requires(Post.HALL_MANAGER)
def rushes(request: HttpRequest) -> HttpResponse:
    found = queries.visible_to(staff_of(request)).select_related("region")
    page = paginate(found, order=("-opens_at", "-id"), cursor=request.GET.get("cursor"), size=SIZE)
    moment = now()
    rows = [{"rush": rush, "stage": stage(rush, moment)} for rush in page.items]
    return render(request, "appointments/rush/rushes.html", {"rows": rows, "page": page})


@require_http_methods(["GET", "POST"])
@requires(Post.HALL_MANAGER)
def new(request: HttpRequest) -> HttpResponse:
    """A new rush; what was typed stays when it is refused."""
    staff, problem = staff_of(request), None
    regions = queries.regions_of(staff)
    typed = {name: str(value).strip() for name, value in request.POST.items()}
    if request.method == "POST":
        region = regions.filter(code=typed.get("region", "")).first()
        try:
            plan = _plan(typed, known_region=region is not None)
            if region is not None:
                rush = actions.arrange(staff.actor_as(Post.HALL_MANAGER), region=region, plan=plan)
                messages.success(request, f"已设置{rush.name}，共 {rush.slots.count()} 个时段")
                return redirect("appointments_rush", rush.public_id)
        except RushWrong as refused:
            problem = refused
    context = {
        "regions": regions,
        "items": current_versions().select_related(None).order_by("name").only("code", "name"),
        "modes": RushMode.choices,
        "typed": {"per_second": "50", "window_minutes": "10", "mode": RushMode.QUEUE} | typed,
        "faults": {fault.path[1:]: fault.message for fault in problem.fields} if problem else {},
        "problem": problem,
    }
    return render(request, "appointments/rush/new.html", context, status=problem.status if problem else 200)


@require_GET
@requires(Post.HALL_MANAGER)
def rush(request: HttpRequest, public_id: str) -> HttpResponse:
    """One rush: how many wait, how far the queue is, what is left, or how the draw went."""
    found, moment = _rush(request, public_id), now()
    total, free = queries.seats_of(found, moment)
    context: dict[str, Any] = {
        "rush": found,
        "stage": stage(found, moment),
        "tiles": _tiles(found, moment, total, free),
        "slots": queries.slots_with_places(found, moment),
        "is_draw": found.mode == RushMode.DRAW,
        "may_settle": found.mode == RushMode.DRAW and not found.drawn_at and moment >= found.closes_at,
        "may_call_off": not found.joined and moment < found.closes_at,
    }
    if found.drawn_at:
        context["page"] = queries.draw_page(found, cursor=request.GET.get("cursor"), size=50)
    return render(request, "appointments/rush/rush.html", context)


@require_POST
@requires(Post.HALL_MANAGER)
def settle(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    actions.settle(staff.actor_as(Post.HALL_MANAGER), rush=_rush(request, public_id))
    messages.success(request, "抽签已完成，结果已公布")
    return redirect("appointments_rush", public_id)


@require_POST
@requires(Post.HALL_MANAGER)
def call_off(request: HttpRequest, public_id: str) -> HttpResponse:
    staff, found = staff_of(request), _rush(request, public_id)
    actions.call_off(staff.actor_as(Post.HALL_MANAGER), rush=found)
    messages.success(request, f"已取消{found.name}，这些时段恢复普通预约")
    return redirect("appointments_rushes")


def stage(rush: Rush, moment: datetime) -> tuple[str, str]:
    """What a rush is doing, in words and as the class of its tag."""
    if rush.drawn_at:
        return "已抽签", "success"
    if moment >= rush.closes_at:
        return ("待抽签", "warning") if rush.mode == RushMode.DRAW else ("已结束", "")
    if moment >= rush.opens_at:
        return ("报名中" if rush.mode == RushMode.DRAW else "放号中"), "primary"
    return (
        ("可以排队", "primary")
        if moment >= rush.joins_from and rush.mode == RushMode.QUEUE
        else ("未开始", "")
    )


def _tiles(rush: Rush, moment: datetime, total: int, free: int) -> list[dict[str, Any]]:
    tiles = [("已报名" if rush.mode == RushMode.DRAW else "已排队", "users", rush.joined)]
    if rush.mode == RushMode.QUEUE:
        inside = min(rush.joined, admission.let_in(queries.pace_of(rush), moment))
        tiles += [("已放行", "log-out", inside), ("等待放行", "hourglass", rush.joined - inside)]
    tiles += [("可约的号", "calendar", total), ("剩余", "inbox", free)]
    return [{"words": words, "icon": icon, "count": count} for words, icon, count in tiles]


def _rush(request: HttpRequest, public_id: str) -> Rush:
    visible = queries.visible_to(staff_of(request)).select_related("region")
    return get_object_or_404(visible, public_id=public_id)


def _plan(typed: dict[str, str], *, known_region: bool) -> Plan:
    """Raises RushWrong for what cannot be read."""
    faults = [] if known_region else [FieldError("/region", "choice", "请选择区划")]
    values: dict[str, Any] = {}
    for name in (*_DATES, *_TIMES):
        try:
            text = typed.get(name, "")
            values[name] = _moment(text) if name in _TIMES else read_day(text)
        except ValueError:
            faults.append(
                FieldError(f"/{name}", "type", "请填写日期和时间" if name in _TIMES else "请填写日期")
            )
    for name, words in _NUMBERS.items():
        text = typed.get(name, "")
        if text.isascii() and text.isdigit() and len(text) <= 6:
            values[name] = int(text)
        else:
            faults.append(FieldError(f"/{name}", "type", f"{words}请填整数"))
    codes = set(current_versions().values_list("code", flat=True))
    if typed.get("item_code", "") not in codes:
        faults.append(FieldError("/item_code", "choice", "请选择事项"))
    if faults:
        raise RushWrong(fields=faults)
    values |= {name: typed.get(name, "") for name in ("name", "name_en", "item_code", "mode")}
    return Plan(**values)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


places = (
    console.Place(
        key="appointments_rush",
        label="抢号场次",
        icon="hourglass",
        url_name="appointments_rushes",
        order=38,
        shown=lambda user: may(user, Post.HALL_MANAGER),
    ),
)

urlpatterns = [
    path("appointments/rushes/", rushes, name="appointments_rushes"),
    path("appointments/rushes/new/", new, name="appointments_rush_new"),
    path("appointments/rushes/<str:public_id>/", rush, name="appointments_rush"),
    path("appointments/rushes/<str:public_id>/settle/", settle, name="appointments_rush_settle"),
    path("appointments/rushes/<str:public_id>/call-off/", call_off, name="appointments_rush_call_off"),
]
