"""What the console answers when something is refused or fails: Chinese, what to do next, nothing of the inside.

A part of a page that was asked for by HTMX gets its refusal in place; everything else gets a page that needs
neither database nor session.
"""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from zhijian.core.api import REFUSED_BY_DATABASE, BadJson, Unstorable, problem_response
from zhijian.core.console_session import ended_part, login_address, page_of
from zhijian.core.errors import Forbidden, NotFound, Problem, TooMany, Unavailable
from zhijian.core.ids import new_id

log = logging.getLogger(__name__)
PREFIX = "/console/"
_HOME = (PREFIX, "回到今日工作")
_KEPT = "您已保存的内容没有丢失。"
_DATABASE_AWAY = (OperationalError, InterfaceError)


def is_console(request: HttpRequest) -> bool:
    return request.path.startswith(PREFIX)


class ProblemPages:
    """Turns a :class:`Problem` that a console view raised into words on the screen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not is_console(request):
            return None
        if isinstance(error, _DATABASE_AWAY):
            return database_away(request, error)
        if isinstance(error, REFUSED_BY_DATABASE):
            return problem_page(request, Unstorable())
        if not isinstance(error, Problem):
            return None
        return problem_page(request, error)


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    if getattr(request, "htmx", False):
        response = HttpResponse(
            render_to_string("console/parts/problem.html", {"problem": problem}), status=problem.status
        )
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML show:window:top"
        return response
    sentences = [problem.detail] if problem.detail else ["可以返回上一页修改后再试。"]
    return _page(request, problem.title, sentences, status=problem.status, problem=problem)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not is_console(request):
        return _elsewhere(request, NotFound())
    return _page(request, "没有找到这个页面", ["地址可能有误，或者内容已不在您的管理范围内。"], status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not is_console(request):
        return _elsewhere(request, BadJson())
    return _page(request, "这次请求无法读取", ["请返回上一页，刷新后再试。"], status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if not is_console(request):
        return _elsewhere(request, Forbidden())
    sentences = ["您现在的岗位不能使用这个页面。", "如果工作需要，请联系本单位的系统管理员调整岗位。"]
    return _page(request, "您没有权限打开这个页面", sentences, status=403)


def database_away(request: HttpRequest, error: BaseException) -> HttpResponse:
    log.error("database away", extra={"error": type(error).__name__})
    problem = Unavailable(f"系统正在恢复，{_KEPT}请过一会儿刷新这个页面。", retry_after=5)
    return problem_page(request, problem)


def unexpected(request: HttpRequest) -> HttpResponse:
    error = sys.exc_info()[1]
    if isinstance(error, _DATABASE_AWAY) and is_console(request):
        return database_away(request, error)
    reference = new_id(8)
    log.error("unexpected error", extra={"reference": reference, "path": request.path})
    if not is_console(request):
        return _elsewhere(request, Unavailable(extra={"reference": reference}))
    sentences = [f"这次操作没有完成，{_KEPT}", "请稍后再试；仍然不行，请把下面的编号告诉系统管理员。"]
    return _page(request, "出了意外", sentences, status=500, reference=reference)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """``CSRF_FAILURE_VIEW``: nearly always a page left open over a log-out or another log-in."""
    if not is_console(request):
        sentences = ["页面打开太久，因此这次提交没有执行。", "请返回上一页，刷新后再提交。"]
        return _page(request, "页面已过期", sentences, status=403)
    if "HX-Request" in request.headers:
        return ended_part(request, status=403)
    sentences = [
        "页面打开太久，或者您在别处退出过登录，因此这次提交没有执行。",
        "您填写的内容暂存在这个浏览器里，回到刚才的页面后会恢复，请核对后再提交。",
    ]
    logged_in = bool(getattr(request.user, "is_authenticated", False))
    back = (page_of(request), "回到刚才的页面") if logged_in else (login_address(request), "重新登录")
    return _page(request, "页面已过期", sentences, status=403, ways=[back])


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """``AXES_LOCKOUT_CALLABLE``: too many wrong passwords."""
    minutes = int(float(settings.AXES_COOLOFF_TIME) * 60)
    sentences = [
        f"密码连续输错 {settings.AXES_FAILURE_LIMIT} 次，为保护账号，{minutes} 分钟内不能再试。",
        "忘记密码请联系本单位系统管理员重置。",
    ]
    return _page(
        request, "登录已暂时锁定", sentences, status=TooMany.status, ways=[(f"{PREFIX}login/", "返回登录")]
    )


def _page(
    request: HttpRequest,
    title: str,
    sentences: list[str],
    *,
    status: int,
    reference: str = "",
    problem: Problem | None = None,
    ways: list[tuple[str, str]] | None = None,
    outside: bool = False,
) -> HttpResponse:
    context = {
        "title": title,
        "sentences": sentences,
        "reference": reference,
        "problem": problem,
        "ways": [_HOME] if ways is None else ways,
        "outside": outside,
    }
    return HttpResponse(render_to_string("console/message.html", context), status=status)


def _elsewhere(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Outside the console a program asks, or a person who followed an address into nowhere."""
    if request.path.startswith("/api/") or "text/html" not in request.headers.get("Accept", ""):
        return problem_response(problem)
    sentences = [problem.detail or "地址可能有误或已经过期，请回到首页查找需要的服务。"]
    reference = str(problem.extra.get("reference", ""))
    ways = [("/", "回到首页")]
    return _page(
        request, problem.title, sentences, status=problem.status, reference=reference, ways=ways, outside=True
    )
