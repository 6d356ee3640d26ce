"""The HTTP API's common behaviour: JSON without escapes, problem+json (RFC 9457), Chinese validation messages."""

import json
import logging
import re
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from zhijian.core import errors
from zhijian.core.api_messages import field_errors
from zhijian.core.ids import new_id
from zhijian.core.openapi import DocumentedAPI

__all__ = ["Router", "make_api", "problem_response"]
log = logging.getLogger(__name__)
_HALF_PAIR = re.compile("[\ud800-\udfff]")
REFUSED_BY_DATABASE = (DataError, UnicodeEncodeError)
"""Values that PostgreSQL cannot hold: NUL, half a surrogate pair, a number out of range."""


class JsonRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()


class BadJson(errors.Problem):
    code = "core.bad_json"
    status = 400
    title = "提交的内容无法读取，请刷新页面后再试"


class Unstorable(errors.Invalid):
    code = "core.unstorable"
    title = "内容里有不能识别的字符或过大的数字，请删除后重新填写"


class NotAllowed(errors.Problem):
    code = "core.not_allowed"
    status = 405
    title = "这个地址不支持这种操作，请刷新页面后再试"


class Unexpected(errors.Problem):
    code = "core.unexpected"
    status = 500
    title = "出了意外，您已保存的内容没有丢失，请稍后再试；仍不行请拨打服务热线并告知编号"


class BodyParser(Parser):
    """JSON whose names can be stored and told again. Values are judged by what asks for them, by their place."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        return cast(dict[str, Any], json.loads(request.body, object_pairs_hook=_storable_names))


def _storable_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if any("\x00" in name or _HALF_PAIR.search(name) for name, _ in pairs):
        raise Unstorable
    return dict(pairs)


def problem_response(problem: errors.Problem) -> HttpResponse:
    # A refusal may repeat what was sent, and half a surrogate pair cannot be encoded.
    words = json.dumps(problem.as_json(), cls=NinjaJSONEncoder, ensure_ascii=False)
    body = words.encode(errors="replace")
    response = HttpResponse(body, status=problem.status, content_type="application/problem+json")
    if problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response


def make_api(*, title: str, version: str, urls_namespace: str) -> NinjaAPI:
    api = DocumentedAPI(
        title=title,
        version=version,
        urls_namespace=urls_namespace,
        renderer=JsonRenderer(),
        parser=BodyParser(),
    )
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        errors.Problem: _on_problem,
        ValidationError: lambda request, error: _on_problem(
            request, errors.Invalid(fields=field_errors(error.errors))
        ),
        HttpError: _on_http_error,
        Http404: lambda request, error: _on_problem(request, errors.NotFound()),
        AuthenticationError: lambda request, error: _on_problem(request, errors.Unauthorized()),
        RequestDataTooBig: lambda request, error: _on_problem(request, errors.TooLarge()),
        OperationalError: _on_database_away,
        InterfaceError: _on_database_away,
        **dict.fromkeys(REFUSED_BY_DATABASE, _on_unstorable),
        Exception: _on_unexpected,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
    return api


def _on_problem(request: HttpRequest, problem: errors.Problem) -> HttpResponse:
    return problem_response(problem)


def _on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, errors.Problem):
        return problem_response(error.__cause__)
    return problem_response(BadJson() if error.status_code == 400 else errors.NotFound())


def _on_database_away(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("database away", extra={"error": type(error).__name__})
    return problem_response(errors.Unavailable(retry_after=5))


def _on_unstorable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Nothing is found at an address that holds such a thing. Logged, as it might be a value of our own."""
    log.warning(
        "value refused by the database", extra={"error": type(error).__name__, "path": repr(request.path)}
    )
    return problem_response(errors.NotFound() if _odd(request.path) else Unstorable())


def _odd(path: str) -> bool:
    return any(not character.isprintable() for character in path)


def _on_unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    if settings.DEBUG:
        raise error
    reference = new_id(8)
    # The traceback without its values: they may be personal data.
    log.error("unexpected error", exc_info=error, extra={"reference": reference, "path": request.path})
    return problem_response(Unexpected(extra={"reference": reference}))
