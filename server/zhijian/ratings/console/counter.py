"""Codes for the counter: one a visit, printed on a slip or shown on the screen that faces the visitor."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from zhijian.core.errors import Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Hall
from zhijian.organizations.queries import departments_in_scope, hall_list
from zhijian.ratings import actions
from zhijian.ratings.actions.counter import ISSUERS
from zhijian.ratings.errors import CounterWrong
from zhijian.ratings.models import CounterVisit
from zhijian.ratings.queries.ratings import rated_references
from zhijian.ratings.subjects.counter import GOOD_FOR, CounterKind, token_of

_LATEST = 20


@require_http_methods(["GET", "POST"])
@requires(*ISSUERS)
def codes(request: HttpRequest) -> HttpResponse:
    """Give one; and those that this person gave last, with whether they were used."""
    staff = staff_of(request)
    departments = departments_in_scope(staff, *ISSUERS).order_by("code")
    problem: Problem | None = None
    if request.method == "POST":
        try:
            department = departments.filter(code=request.POST.get("department", "")).first()
            hall = Hall.objects.filter(code=request.POST.get("hall", "")).first()
            if department is None or hall is None:
                raise CounterWrong
            counter = request.POST.get("counter", "")
            visit = actions.issue_code(staff.actor, hall=hall, department=department, counter=counter)
        except Problem as refused:
            problem = refused
        else:
            return redirect("rating_slip", visit.public_id)
    latest = list(
        CounterVisit.objects.filter(issued_by=staff)
        .select_related("hall", "department")
        .order_by("-id")[:_LATEST]
    )
    rated = rated_references(CounterKind.code, [visit.public_id for visit in latest])
    last = latest[0] if latest else None
    context = {
        "departments": departments,
        "halls": hall_list(),
        "rows": [{"visit": visit, "rated": visit.public_id in rated} for visit in latest],
        "problem": problem,
        "counter": request.POST.get("counter", last.counter if last else ""),
        "hall": request.POST.get("hall", last.hall.code if last else ""),
        "department": request.POST.get("department", last.department.code if last else ""),
    }
    return render(request, "ratings/codes.html", context, status=problem.status if problem else 200)


@require_GET
@requires(*ISSUERS)
def slip(request: HttpRequest, public_id: str) -> HttpResponse:
    """The code, large enough to be scanned over a counter."""
    found = CounterVisit.objects.filter(issued_by=staff_of(request)).select_related("hall", "department")
    visit = get_object_or_404(found, public_id=public_id)
    address = f"{settings.PUBLIC_URL}/#/pages/rate/code?token={token_of(visit)}"
    context = {"visit": visit, "picture": _picture(address), "days": GOOD_FOR.days}
    return render(request, "ratings/slip.html", context)


def _picture(address: str) -> SafeString:
    """An SVG of our own making: nothing of it was typed by anybody."""
    code = segno.make(address, error="m")
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="rating-code", title="评价二维码"))  # noqa: S308
