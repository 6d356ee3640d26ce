"""Who holds which post: the system administrator's screens."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhijian.core.console import wants_part
from zhijian.core.pagination import paginate
from zhijian.organizations import actions, held, queries
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.errors import ChoiceNeeded
from zhijian.organizations.models import PostHolding, Staff
from zhijian.organizations.rules import Post

SIZE = 30
_PIECES_SHOWN = 8
_ACTIVE = {"1": True, "0": False}
FILTERS = ("search", "department", "post")


@require_GET
@requires(Post.SYSTEM_ADMIN)
def people(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by name, department and post."""
    admin = staff_of(request)
    asked = {name: request.GET.get(name, "").strip()[:60] for name in FILTERS}
    page = paginate(
        queries.staff_list(admin, **asked), order=("username",), cursor=request.GET.get("cursor"), size=SIZE
    )
    part = wants_part(request, "people")
    context: dict[str, Any] = {"page": page, "asked": asked}
    if not part:
        context |= {
            "departments": queries.departments_in_scope(admin, Post.SYSTEM_ADMIN),
            "posts": Post.choices,
        }
    return render(request, "organizations/people_rows.html" if part else "organizations/people.html", context)


@require_GET
@requires(Post.SYSTEM_ADMIN)
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person's posts, and what can be granted."""
    return render(request, "organizations/person.html", _page(request, public_id))


@require_POST
@requires(Post.SYSTEM_ADMIN)
def grant(request: HttpRequest, public_id: str) -> HttpResponse:
    """``scope`` is ``department:<code>`` or ``region:<code>``, within what the administrator covers."""
    admin = staff_of(request)
    kind, _, code = request.POST.get("scope", "").partition(":")
    departments = queries.departments_in_scope(admin, Post.SYSTEM_ADMIN)
    regions = queries.regions_in_scope(admin, Post.SYSTEM_ADMIN)
    target = _person(request, public_id)
    holding = actions.grant_post(
        admin.actor_as(Post.SYSTEM_ADMIN),
        staff=target,
        post=request.POST.get("post", ""),
        department=departments.filter(code=code).first() if kind == "department" else None,
        region=regions.filter(code=code).first() if kind == "region" else None,
    )
    return _done(request, public_id, f"已授予{holding.get_post_display()}")


@require_POST
@requires(Post.SYSTEM_ADMIN)
def revoke(request: HttpRequest, public_id: str, holding: int) -> HttpResponse:
    mine = get_object_or_404(
        PostHolding.objects.select_related("staff", "department", "region"),
        pk=holding,
        staff=_person(request, public_id),
    )
    admin = staff_of(request)
    receiver = _receiver(request, mine.staff)
    moved = actions.revoke_post(admin.actor_as(Post.SYSTEM_ADMIN), holding=mine, receiver=receiver)
    return _done(request, public_id, f"已撤销{mine.get_post_display()}", held.words(moved, receiver))


@require_POST
@requires(Post.SYSTEM_ADMIN)
def active(request: HttpRequest, public_id: str) -> HttpResponse:
    """Someone leaves or comes back: only what is said, an empty form changes nothing."""
    admin = staff_of(request)
    target, wanted = _person(request, public_id), request.POST.get("active", "")
    if wanted not in _ACTIVE:
        raise ChoiceNeeded
    stays = _ACTIVE[wanted]
    receiver = None if stays else _receiver(request, target)
    moved = actions.set_active(
        admin.actor_as(Post.SYSTEM_ADMIN), staff=target, active=stays, receiver=receiver
    )
    done = "已恢复在岗" if stays else "已设为离岗，该人员不能再登录"
    return _done(request, public_id, done, held.words(moved, receiver))


def _receiver(request: HttpRequest, holder: Staff) -> Staff | None:
    """Who gets the work, None for back to the queue. Somebody who holds work leaves only with an answer to that."""
    choice = request.POST.get("work", "")
    if choice == "hand":
        return get_object_or_404(_receivers(request, holder), public_id=request.POST.get("receiver", ""))
    if choice != "free" and held.holdings_of(holder):
        raise ChoiceNeeded("请选择手上的工作是放回待办还是交给同事，再提交。")
    return None


def _receivers(request: HttpRequest, holder: Staff) -> QuerySet[Staff]:
    """Colleagues of the same department who can log in and have a post."""
    found = queries.staff_list(staff_of(request)).filter(department=holder.department, is_active=True)
    return found.filter(pk__in=PostHolding.objects.values("staff")).exclude(pk=holder.pk)


def _person(request: HttpRequest, public_id: str) -> Staff:
    return get_object_or_404(queries.staff_list(staff_of(request)), public_id=public_id)


def _page(request: HttpRequest, public_id: str) -> dict[str, Any]:
    admin = staff_of(request)
    person = _person(request, public_id)
    working = held.holdings_of(person)
    return {
        "work": [_shown(one) for one in working],
        "receivers": _receivers(request, person) if working else [],
        "person": person,
        "own": admin.public_id == public_id,
        "posts": Post.choices,
        "departments": queries.departments_in_scope(admin, Post.SYSTEM_ADMIN),
        "regions": queries.regions_in_scope(admin, Post.SYSTEM_ADMIN),
    }


def _shown(one: held.Holding) -> dict[str, Any]:
    return {
        "label": one.kind.label,
        "measure": one.kind.measure,
        "count": len(one.pieces),
        "pieces": one.pieces[:_PIECES_SHOWN],
        "more": max(0, len(one.pieces) - _PIECES_SHOWN),
    }


def _done(request: HttpRequest, public_id: str, words: str, moved: str = "") -> HttpResponse:
    """The page as it is now, with what was done in words; only its changing part when HTMX asked."""
    words = f"{words}。{moved}。办理时限照常计算" if moved else words
    if wants_part(request):
        context = _page(request, public_id) | {"done": words}
        return render(request, "organizations/person_body.html", context)
    messages.success(request, words)
    return redirect("organizations_person", public_id=public_id)
