"""Each request has an id in logs and answers, and no answer of the API or console is kept by shared caches."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from zhijian.core.ids import new_id


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
