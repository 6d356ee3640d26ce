"""Lists, one case, documents."""

from typing import Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from zhijian.cases import actions
from zhijian.cases.api.common import detail, own_case
from zhijian.cases.api.router import router
from zhijian.cases.presenting import present_summary, shapes
from zhijian.cases.queries import citizen as queries
from zhijian.core import workdays
from zhijian.core.clock import now
from zhijian.identity.auth import citizen_of


@router.get("/cases", response=shapes.CasePage)
def list_cases(
    request: HttpRequest, state: Literal["open", "done", "draft", "all"] = "all", cursor: str | None = None
) -> shapes.CasePage:
    """我的办件，最近更新的在前。"""
    page = queries.my_cases(citizen_of(request), state=state, cursor=cursor)
    moment, calendar = now(), workdays.when_asked()
    items = [present_summary(case, moment, calendar) for case in page.items]
    return shapes.CasePage(items=items, next_cursor=page.next_cursor)


@router.get("/todos", response=list[shapes.CaseSummary])
def list_todos(request: HttpRequest) -> list[shapes.CaseSummary]:
    """等我处理的办件：补正、领取、继续填写、评价。"""
    moment, calendar = now(), workdays.when_asked()
    return [present_summary(case, moment, calendar) for case in queries.todos(citizen_of(request))]


@router.get("/cases/{case_id}", response=shapes.CaseDetail)
def get_case(request: HttpRequest, case_id: str) -> shapes.CaseDetail:
    """一个办件的全部内容。他人的办件回答“没有找到”，并记入审计。"""
    return detail(own_case(request, case_id, queries.known()))


@router.get("/cases/{case_id}/documents/{kind}", response={200: None})
def get_document(
    request: HttpRequest, case_id: str, kind: Literal["receipt", "acceptance", "correction", "decision"]
) -> HttpResponse:
    """文书 PDF；还没有生成的当场生成。"""
    document = actions.make_document(case=own_case(request, case_id), kind=kind)
    return as_download(document.file.read(), document.file.mime, document.file.name)


def as_download(content: bytes, mime: str, name: str) -> HttpResponse:
    """Bytes that a browser shows in place and never guesses about."""
    answer = HttpResponse(content, content_type=mime)
    answer.headers["Content-Disposition"] = _disposition(name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _disposition(name: str) -> str:
    return f"inline; filename*=UTF-8''{quote(name)}"
