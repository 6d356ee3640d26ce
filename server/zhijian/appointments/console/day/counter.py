"""窗口叫号: choose a counter, then call, serve, finish. One primary action at any time."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhijian.appointments import errors
from zhijian.appointments.actions import day as actions
from zhijian.appointments.console.day import desk
from zhijian.appointments.models import Counter, Visit
from zhijian.appointments.queries import day as queries
from zhijian.appointments.queries.given import given
from zhijian.appointments.queries.hall import groups_of
from zhijian.core.actor import Actor
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

Do = Callable[[Actor, Counter, HttpRequest], str]


@require_GET
@requires(Post.WINDOW_OFFICER)
def page(request: HttpRequest) -> HttpResponse:
    """The desk of one's counter, or the counters to choose from."""
    staff = staff_of(request)
    counter = queries.my_counter(staff)
    if counter is None:
        context = {"counters": queries.counters_for(staff), "me": staff}
        return render(request, "appointments/day/counters.html", context)
    return render(request, "appointments/day/counter.html", {"desk": desk.build(counter)})


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


@require_POST
@requires(Post.WINDOW_OFFICER)
def do(request: HttpRequest, act: str) -> HttpResponse:
    """One act. A refusal comes back in words, in place."""
    if act not in DO:
        raise Http404
    staff = staff_of(request)
    counter = _mine(staff)
    messages.success(request, DO[act](staff.actor_as(Post.WINDOW_OFFICER), counter, request))
    if not getattr(request, "htmx", False):
        return redirect("appointments_counter")
    if act == "close":  # there is no desk any more: the whole page changes
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("appointments_counter")})
    context = {"desk": desk.build(_mine(staff)), "oob": True}
    return render(request, "appointments/day/desk.html", context)


def _mine(staff: Staff) -> Counter:
    counter = queries.my_counter(staff)
    if counter is None:
        raise errors.NotAtCounter
    return counter


def _visit(request: HttpRequest) -> Visit:
    return queries.visit_in_scope(staff_of(request), request.POST.get("visit", ""))


def _call(actor: Actor, counter: Counter, request: HttpRequest) -> str:
    visit = actions.call_next(actor, counter=counter)
    return f"已叫 {visit.number} 号到{counter}。"


def _on_visit(action: Callable[..., Visit], words: str) -> Do:
    def run(actor: Actor, counter: Counter, request: HttpRequest) -> str:
        return words.format(action(actor, visit=_visit(request)).number)

    return run


def _transfer(actor: Actor, counter: Counter, request: HttpRequest) -> str:
    group = groups_of(counter.hall).filter(code=given(request.POST.get("group", ""))).first()
    if group is None:
        raise errors.TransferWrong
    visit = actions.transfer(actor, visit=_visit(request), group=group)
    return f"{visit.number} 号已转到{group.name}，不用重新取号。"


def _pause(actor: Actor, counter: Counter, request: HttpRequest) -> str:
    actions.pause(actor, counter=counter, paused=True)
    return "窗口已暂停叫号。"


def _resume(actor: Actor, counter: Counter, request: HttpRequest) -> str:
    actions.pause(actor, counter=counter, paused=False)
    return "窗口已恢复叫号。"


def _close(actor: Actor, counter: Counter, request: HttpRequest) -> str:
    actions.close_counter(actor, counter=counter)
    return f"{counter}已关窗。"


DO: Final[dict[str, Do]] = {
    "call": _call,
    "recall": _on_visit(actions.recall, "已再叫 {} 号。"),
    "serve": _on_visit(actions.serve, "{} 号开始办理。"),
    "finish": _on_visit(actions.finish, "{} 号已办完。"),
    "skip": _on_visit(actions.skip, "{} 号已过号，来了可以重新排队。"),
    "rejoin": _on_visit(actions.rejoin, "{} 号已重新排队。"),
    "leave": _on_visit(actions.leave, "{} 号已记为离开。"),
    "transfer": _transfer,
    "pause": _pause,
    "resume": _resume,
    "close": _close,
}
