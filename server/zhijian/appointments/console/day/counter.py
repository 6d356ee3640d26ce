"""窗口叫号: choose a counter, then call, serve, finish. One primary action at any time."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhijian.appointments import errors
from zhijian.appointments.actions import day as actions
from zhijian.appointments.console.day import desk
from zhijian.appointments.models import Counter, Visit
from zhijian.appointments.queries import day as queries
from zhijian.appointments.queries.given import given
from zhijian.appointments.queries.hall import groups_of
from zhijian.core.actor import Actor
from zhijian.core.console import wants_part
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.workbench.acting import Bench, Do, Tried


@require_GET
@requires(Post.WINDOW_OFFICER)
def page(request: HttpRequest) -> HttpResponse:
    """The desk of one's counter, or the counters to choose from."""
    staff = staff_of(request)
    counter = queries.my_counter(staff)
    if counter is None:
        context = {"counters": queries.counters_for(staff), "me": staff}
        return render(request, "appointments/day/counters.html", context)
    return _show(request, counter, None)


@require_GET
@requires(Post.WINDOW_OFFICER)
def queue(request: HttpRequest) -> HttpResponse:
    """The list alone, asked for every few seconds."""
    counter = _mine(staff_of(request))
    waiting, skipped = desk.lists(counter)
    return render(request, "appointments/day/queue.html", {"waiting": waiting, "skipped": skipped})


@require_POST
@requires(Post.WINDOW_OFFICER)
def open_one(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    counter = queries.counter_in_scope(staff, public_id)
    opened = actions.open_counter(staff.actor_as(Post.WINDOW_OFFICER), counter=counter, staff=staff)
    messages.success(request, f"{opened}已开窗。")
    return redirect("appointments_counter")


def _mine(staff: Staff) -> Counter:
    counter = queries.my_counter(staff)
    if counter is None:
        raise errors.NotAtCounter
    return counter


def _visit(staff: Staff, data: QueryDict) -> Visit:
    return queries.visit_in_scope(staff, data.get("visit", ""))


def _on_visit(action: Callable[..., Visit], words: str) -> Do[Counter]:
    return lambda staff, counter, data: words.format(action(_actor(staff), visit=_visit(staff, data)).number)


def _on_counter(action: Callable[..., object], words: str, **how: bool) -> Do[Counter]:
    def run(staff: Staff, counter: Counter, data: QueryDict) -> str:
        action(_actor(staff), counter=counter, **how)
        return words.format(counter)

    return run


def _call(staff: Staff, counter: Counter, data: QueryDict) -> str:
    return f"已叫 {actions.call_next(_actor(staff), counter=counter).number} 号到{counter}。"


def _transfer(staff: Staff, counter: Counter, data: QueryDict) -> str:
    group = groups_of(counter.hall).filter(code=given(data.get("group", ""))).first()
    if group is None:
        raise errors.TransferWrong
    visit = actions.transfer(_actor(staff), visit=_visit(staff, data), group=group)
    return f"{visit.number} 号已转到{group.name}，不用重新取号。"


def _actor(staff: Staff) -> Actor:
    return staff.actor_as(Post.WINDOW_OFFICER)


def _show(request: HttpRequest, counter: Counter, tried: Tried | None) -> HttpResponse:
    problem, part = tried.problem if tried else None, wants_part(request)
    context = {"desk": desk.build(counter), "problem": problem, "oob": part}
    template = "appointments/day/desk.html" if part else "appointments/day/counter.html"
    return render(request, template, context, status=problem.status if problem else 200)


BENCH: Final = Bench(
    find=lambda staff, key: _mine(staff),
    not_found=errors.NotAtCounter,
    do={
        "call": _call,
        "recall": _on_visit(actions.recall, "已再叫 {} 号。"),
        "serve": _on_visit(actions.serve, "{} 号开始办理。"),
        "finish": _on_visit(actions.finish, "{} 号已办完。"),
        "skip": _on_visit(actions.skip, "{} 号已过号，来了可以重新排队。"),
        "rejoin": _on_visit(actions.rejoin, "{} 号已重新排队。"),
        "leave": _on_visit(actions.leave, "{} 号已记为离开。"),
        "transfer": _transfer,
        "pause": _on_counter(actions.pause, "窗口已暂停叫号。", paused=True),
        "resume": _on_counter(actions.pause, "窗口已恢复叫号。", paused=False),
        "close": _on_counter(actions.close_counter, "{}已关窗。"),
    },
    show=_show,
    page="appointments_counter",
    listing="appointments_counter",
)


@require_POST
@requires(Post.WINDOW_OFFICER)
def do(request: HttpRequest, act: str) -> HttpResponse:
    return BENCH.act(request, "", act)
