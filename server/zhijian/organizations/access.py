"""The door of every console screen: logged in, and in one of the posts that the screen is for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhijian.audit.actions import record_refusal
from zhijian.core.console_session import ended_part, page_of
from zhijian.organizations import queries, rules
from zhijian.organizations.errors import PostNeeded
from zhijian.organizations.models import Staff

View = Callable[..., HttpResponse]


def requires(*posts: str) -> Callable[[View], View]:
    """Let in who holds any of ``posts`` (any post at all when none is named); scope is the query's business.

    Others get PostNeeded, which says which posts may and is audited. Whoever isn't logged in is sent to the
    log-in page and comes back to where they wanted to go.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not isinstance(user, Staff) or not user.is_active:
                return _to_login(request)
            held = queries.posts_of(user)
            if not (held & set(posts) if posts else held):
                raise _refusal(request, user, posts)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def staff_of(request: HttpRequest) -> Staff:
    """The person behind a request that came through the door of a screen (:func:`requires`)."""
    assert isinstance(request.user, Staff)
    return request.user


def may(user: Any, *posts: str) -> bool:
    """Whether a screen for ``posts`` is to be shown in this person's navigation."""
    return bool(queries.posts_of(user) & set(posts))


def _to_login(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A fragment of a page cannot show the log-in page, and going there would throw away what was typed.
        return ended_part(request, status=401)
    return redirect_to_login(page_of(request), reverse("wagtailadmin_login"))


def _refusal(request: HttpRequest, staff: Staff, posts: tuple[str, ...]) -> PostNeeded:
    view = request.resolver_match.view_name if request.resolver_match else ""
    needed = "、".join(rules.label(post) for post in posts)
    words = f"这个页面由{needed}使用。" if needed else "您还没有任何岗位。"
    return PostNeeded(
        f"{words}如果工作需要，请联系本单位的系统管理员。",
        attempt=lambda: record_refusal(
            staff.actor, "view.opened", subject=f"view:{view}"[:80], facts={"needed": sorted(posts)}
        ),
    )
