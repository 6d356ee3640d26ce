"""Departments to read; halls to read and to set the hours of."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zhijian.organizations import actions, queries, rules
from zhijian.organizations.access import may, requires, staff_of
from zhijian.organizations.errors import HoursWrong
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

_SPARE_ROWS = 2
_KEYS = ("days", "from", "to")
_KEEPERS = (Post.SYSTEM_ADMIN, Post.OPERATOR)


@require_GET
@requires(Post.SYSTEM_ADMIN)
def departments(request: HttpRequest) -> HttpResponse:
    return render(request, "organizations/departments.html", {"departments": queries.department_list()})


@require_GET
@requires(*_KEEPERS)
def halls(request: HttpRequest) -> HttpResponse:
    rows = [{"hall": hall, "hours": rules.hours_words(hall.hours)} for hall in queries.hall_list()]
    return render(request, "organizations/halls.html", {"rows": rows, "admin": _is_admin(request)})


@require_http_methods(["GET", "POST"])
@requires(*_KEEPERS)
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """A hall and its opening hours; what was typed stays when it is refused."""
    keeper = staff_of(request)
    found = get_object_or_404(queries.hall_list(), code=code)
    covered = queries.regions_in_scope(keeper, *_KEEPERS).filter(pk=found.region_id).exists()
    hours, problem = found.hours, None
    if request.method == "POST" and covered:
        hours = _typed(request)
        try:
            actions.set_hours(keeper.actor_as(_post(keeper)), hall=found, hours=hours)
        except HoursWrong as refused:
            problem = refused
        else:
            messages.success(request, f"已保存{found.name}的开放时间，公开页面随后更新")
            return redirect("organizations_halls")
    context = {"hall": found, "rows": _rows(hours, problem), "covered": covered, "problem": problem}
    return render(request, "organizations/hall.html", context, status=problem.status if problem else 200)


def _typed(request: HttpRequest) -> list[dict[str, str]]:
    """The filled rows of the form; an emptied row is one taken away."""
    columns = [request.POST.getlist(key) for key in _KEYS]
    rows = [[value.strip() for value in row] for row in zip(*columns, strict=False)]
    return [dict(zip(_KEYS, row, strict=True)) for row in rows if any(row)]


def _rows(hours: list[dict[str, str]], problem: HoursWrong | None) -> list[dict[str, Any]]:
    faults = {fault.path: fault.message for fault in problem.fields} if problem else {}
    rows = [
        {"days": part.get("days", ""), "opens": part.get("from", ""), "closes": part.get("to", "")}
        | {"fault": faults.get(f"/{number}", "")}
        for number, part in enumerate(hours)
    ]
    return rows + [{"days": "", "opens": "", "closes": "", "fault": ""}] * _SPARE_ROWS


def _is_admin(request: HttpRequest) -> bool:
    return may(request.user, Post.SYSTEM_ADMIN)


def _post(keeper: Staff) -> Post:
    return next(post for post in _KEEPERS if holds(keeper, post))
