"""How long a member of staff stays logged in: as long as they work, and never beyond a day's work.

The session slides with what a person does, not with what a page does by itself: a queue that asks every three seconds
would keep an abandoned desk open for ever. An absolute end bounds it, however busy the desk.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from zhijian.core.clock import now

PREFIX = "/console/"
QUIET = "X-Quiet"
"""The header of a request that the page makes by itself. Who forges its absence gains the absolute end, no more."""
_QUIET_PATHS = (f"{PREFIX}editing-sessions/",)
_BEGAN, _SEEN = "began", "seen"
_SAVED_EVERY = 30  # seconds: not every click is worth a write


class SessionLimits:
    """Ends a console session that was idle too long or is too old; what is asked then is asked by nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PREFIX) and SESSION_KEY in request.session:
            if seconds_left(request) <= 0:
                request.session.flush()
                request.user = AnonymousUser()
            elif not _by_itself(request):
                _touch(request)
        return self.get_response(request)


def begin(request: HttpRequest) -> None:
    """After log-in: the session of who logs in again is a new one."""
    moment = int(now().timestamp())
    request.session[_BEGAN] = request.session[_SEEN] = moment


def seconds_left(request: HttpRequest) -> int:
    """Until the session ends if nothing more is done."""
    moment = now().timestamp()
    began, seen = request.session.get(_BEGAN, moment), request.session.get(_SEEN, moment)
    idle_end = seen + _idle().total_seconds()
    return int(min(idle_end, began + _whole().total_seconds()) - moment)


def seconds_at_most(request: HttpRequest) -> int:
    """Until the absolute end."""
    moment = now().timestamp()
    return int(request.session.get(_BEGAN, moment) + _whole().total_seconds() - moment)


def session(request: HttpRequest) -> HttpResponse:
    """GET tells how long the session lasts and whose it is; POST is a sign of life of who types without sending."""
    if SESSION_KEY not in request.session or not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    if request.method == "POST":
        _touch(request, always=True)
    answer = JsonResponse(state_of(request))
    answer["Cache-Control"] = "no-store"
    return answer


def state_of(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    return {
        "person": getattr(user, "public_id", ""),
        "left": max(0, seconds_left(request)),
        "at_most": max(0, seconds_at_most(request)),
        "idle": int(_idle().total_seconds()),
    }


def page_of(request: HttpRequest) -> str:
    """The address of the page on which the person is, fit for coming back to after log-in. Never leads out of the
    console: what a browser says of itself is checked like any other input."""
    if request.method == "GET" and not _is_part(request):
        return request.get_full_path()
    said = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(said) if safe else urlsplit("")
    if not parts.path.startswith(PREFIX) or parts.path.startswith(reverse("wagtailadmin_login")):
        return PREFIX
    return urlunsplit(("", "", parts.path, parts.query, ""))


def login_address(request: HttpRequest) -> str:
    return f"{reverse('wagtailadmin_login')}?{urlencode({'next': page_of(request)})}"


def ended_part(request: HttpRequest, *, status: int) -> HttpResponse:
    """For a part of a page: the page stays as it is, with all that was typed, and says how to go on."""
    logged_in = bool(getattr(request.user, "is_authenticated", False))
    context = {"logged_in": logged_in, "url": page_of(request) if logged_in else login_address(request)}
    response = HttpResponse(render_to_string("console/parts/ended.html", context), status=status)
    response["HX-Retarget"] = "#notices"
    response["HX-Reswap"] = "innerHTML show:window:top"
    return response


def _is_part(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _by_itself(request: HttpRequest) -> bool:
    quiet_question = request.method == "GET" and request.path == reverse("console_session")
    return QUIET in request.headers or quiet_question or request.path.startswith(_QUIET_PATHS)


def _touch(request: HttpRequest, *, always: bool = False) -> None:
    moment = int(now().timestamp())
    if _BEGAN not in request.session:
        request.session[_BEGAN] = moment
    if always or moment - request.session.get(_SEEN, 0) >= _SAVED_EVERY:
        request.session[_SEEN] = moment


def _idle() -> timedelta:
    return timedelta(minutes=settings.CONSOLE_IDLE_MINUTES)


def _whole() -> timedelta:
    return timedelta(hours=settings.CONSOLE_SESSION_HOURS)
