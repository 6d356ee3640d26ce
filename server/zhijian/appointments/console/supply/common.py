"""What the screens share: whose hall it is, and the way from a proposal over its impact to its doing."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhijian.appointments.actions import supply
from zhijian.appointments.actions.supply.applying import check
from zhijian.appointments.errors import ImpactChanged
from zhijian.appointments.models import CounterGroup
from zhijian.appointments.queries.supply import board
from zhijian.appointments.queries.supply.changes import Change
from zhijian.appointments.queries.supply.impact import impact_of
from zhijian.appointments.queries.supply.scope import (
    WRITERS,
    groups_visible_to,
    halls_visible_to,
    manages_hall,
)
from zhijian.core.clock import now
from zhijian.core.dates import read_day
from zhijian.organizations.access import staff_of
from zhijian.organizations.models import Hall

AT_ONCE = 50
"""So many are moved while the manager waits; the rest in the background."""

_SHOWN_HITS = 200
_OURS = {"csrfmiddlewaretoken", "step", "expected"}


def hall_of(request: HttpRequest, code: str, *, writing: bool = False) -> Hall:
    """A hall in the person's scope; with ``writing`` one that they manage as a whole. Else there is no such page."""
    staff = staff_of(request)
    hall = get_object_or_404(halls_visible_to(staff), code=code)
    if writing and not manages_hall(staff, hall):
        raise Http404
    return hall


def group_of(request: HttpRequest, hall: Hall, public_id: str, *, writing: bool = False) -> CounterGroup:
    posts = {"posts": WRITERS} if writing else {}
    return get_object_or_404(groups_visible_to(staff_of(request), **posts), hall=hall, public_id=public_id)


def frame(request: HttpRequest, hall: Hall, here: str) -> dict[str, Any]:
    """What every screen of a hall shows: its name, the ways to the others, what this person may do."""
    staff = staff_of(request)
    return {
        "hall": hall,
        "here": here,
        "writes": groups_visible_to(staff, posts=WRITERS).filter(hall=hall).exists(),
        "whole": manages_hall(staff, hall),
        "waiting": board.waiting_to_move(hall),
    }


def propose(
    request: HttpRequest,
    change: Change,
    *,
    title: str,
    done: str,
    back: str,
    warnings: list[str] | None = None,
) -> HttpResponse:
    """Show what ``change`` would do, then, confirmed, do it and go ``back``. Raises what is wrong with it."""
    check(change, now())
    problem = None
    if request.POST.get("step") == "apply":
        try:
            supply.apply_change(
                staff_of(request).actor, change=change, expected=request.POST.get("expected", "")
            )
        except ImpactChanged as changed:
            problem = changed
        else:
            messages.success(request, f"{done}{_moved_words(change.hall)}")
            return redirect(back)
    impact = impact_of(change)
    fields = [(key, value) for key, values in request.POST.lists() if key not in _OURS for value in values]
    context = frame(request, change.hall, "") | {
        "title": title,
        "impact": impact,
        "hits": impact.hits[:_SHOWN_HITS],
        "more_hits": max(0, len(impact.hits) - _SHOWN_HITS),
        "reason": change.reason,
        "fields": fields,
        "warnings": warnings or [],
        "back": back,
        "problem": problem,
    }
    return render(request, "appointments/supply/impact.html", context, status=409 if problem else 200)


def parse_day(text: str | None) -> date | None:
    try:
        return read_day(text or "")
    except ValueError:
        return None


def _moved_words(hall: Hall) -> str:
    counts = supply.settle_waiting(limit=AT_ONCE)
    words = [
        f"{counts[kind]} 个预约{label}"
        for kind, label in (("moved", "已改到最近的时段"), ("cancelled", "没有可改的时段，已取消"))
        if counts[kind]
    ]
    if left := board.waiting_to_move(hall):
        words.append(f"{left} 个预约正在后台改约")
    return f"；{'，'.join(words)}，本人会收到通知" if words else ""
