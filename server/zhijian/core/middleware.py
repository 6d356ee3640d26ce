"""Each request has an id in logs and answers, and no answer of the API or console is kept by shared caches.

Mini-programs cannot send PATCH; the API takes it from them as a POST that says so.
"""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from zhijian.core.afterwards import afterwards
from zhijian.core.api import NotAllowed, problem_response
from zhijian.core.ids import new_id
from zhijian.core.unreadable import shown_as_such


class RequestContext:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = new_id(12)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response["X-Request-Id"] = request_id
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class Afterwards:
    """What refusals leave behind is done when the answer is made and every transaction has ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with afterwards():
            return self.get_response(request)


class UnreadableShown:
    """Who only looks sees a value that does not open as unreadable; what changes something refuses to go on without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with shown_as_such():
            return self.get_response(request)


class ApiRefusals:
    """The API's refusals that come before any of its routes are problem+json, too: 405 names the methods that are there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or not request.path.startswith("/api/"):
            return response
        refusal = problem_response(NotAllowed())
        refusal["Allow"] = response.headers.get("Allow", "")
        return refusal


class PatchByPost:
    """WeChat's, Alipay's and Baidu's request calls know no PATCH: they send POST with X-HTTP-Method-Override.

    Of the API only, which knows its callers by bearer tokens and not by cookies, and to PATCH only: nothing else
    may change its meaning by a header.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.headers.get("X-HTTP-Method-Override")
        if request.method == "POST" and wanted == "PATCH" and request.path.startswith("/api/"):
            request.method = "PATCH"
        return self.get_response(request)
