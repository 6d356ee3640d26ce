"""The door of the hall's pages: a cookie that pairing gave to one machine, and words for what is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhijian.appointments import errors
from zhijian.appointments.actions.day import devices
from zhijian.appointments.models import Device
from zhijian.appointments.queries.hall import device_of
from zhijian.core.errors import Problem

COOKIE = "zhijian_hall"
PATH = "/hall/"
_KEPT = 400 * 24 * 3600  # what browsers keep at most

View = Callable[..., HttpResponse]


def paired(request: HttpRequest) -> Device | None:
    """The machine that asks."""
    token = request.COOKIES.get(COOKIE, "")
    return device_of(devices.token_hash(token)) if token else None


def for_device(kind: str) -> Callable[[View], View]:
    """Only for a paired machine of ``kind``, which the view gets; what it refuses comes back in words.

    A machine that is revoked, or another kind, goes to the pairing page; a part of a page gets 401 and reloads.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            device = paired(request)
            if device is None or device.kind != kind:
                return _away(request)
            devices.touch(device)
            try:
                return view(request, device, *args, **kwargs)
            except Problem as problem:
                return refused(request, problem, device)

        return guarded

    return decorate


def refused(request: HttpRequest, problem: Problem, device: Device | None = None) -> HttpResponse:
    context = {"problem": problem, "device": device}
    return render(request, "hall/refused.html", context, status=problem.status)


def remember(response: HttpResponse, token: str) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        token,
        max_age=_KEPT,
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _away(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": PATH})
    if request.method == "POST":
        return refused(request, errors.DeviceRefused())
    return redirect(PATH)
