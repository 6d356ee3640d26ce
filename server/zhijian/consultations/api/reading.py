"""What everybody may read, without logging in."""

import gzip
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query

from zhijian.consultations import errors
from zhijian.consultations.api import shapes
from zhijian.consultations.api.router import router
from zhijian.consultations.queries import comments as comment_queries
from zhijian.consultations.queries import public
from zhijian.consultations.rules.states import State
from zhijian.core.errors import NotFound
from zhijian.publishing.models import PublishedDocument


@router.get("/consultations", response=shapes.ListOut, auth=None)
def list_consultations(
    request: HttpRequest, state: shapes.ListState = "open", cursor: str | None = None
) -> shapes.ListOut:
    """民意征集：state 为 open（征集中，最早结束的在前）、upcoming（即将开始）或 closed（已结束，含已反馈）。"""
    page = public.listed(state, cursor=cursor)
    return shapes.ListOut(
        items=[shapes.SummaryOut(**shapes.summary(row)) for row in page.items],
        next_cursor=page.next_cursor,
    )


@router.get("/consultations/{consultation_id}", response=shapes.ConsultationOut, auth=None)
def get_consultation(request: HttpRequest, consultation_id: str) -> shapes.ConsultationOut:
    """一次征集的全文：条款、题目、附件。"""
    return shapes.whole(public.one(consultation_id))


@router.get("/consultations/{consultation_id}/counts", response=shapes.CountsOut, auth=None)
def get_counts(request: HttpRequest, consultation_id: str) -> Any:
    """参与人数和意见数，最多晚二十秒。"""
    return public.live_counts(public.one(consultation_id))


@router.get("/consultations/{consultation_id}/comments", response=shapes.CommentsOut, auth=None)
def list_comments(
    request: HttpRequest,
    consultation_id: str,
    target: str | None = Query(None, max_length=20),  # type: ignore[type-arg]
    cursor: str | None = None,
) -> shapes.CommentsOut:
    """已公开的意见。target 为条款或题目的标识，空字符串为对全文的意见，不给则是全部。没有作者，也没有先后。"""
    page = comment_queries.shown_comments(public.one(consultation_id), target=target, cursor=cursor)
    return shapes.CommentsOut(
        items=[shapes.ShownCommentOut(id=one.pk, target=one.target, text=one.text) for one in page.items],
        next_cursor=page.next_cursor,
    )


@router.get("/consultations/{consultation_id}/report", response=shapes.ReportOut, auth=None)
def get_report(request: HttpRequest, consultation_id: str) -> dict[str, Any]:
    """结果报告和采纳情况，与 /public/consultations/{id}/report.json 相同。"""
    row = public.one(consultation_id)
    if row.state != State.ANSWERED:
        raise errors.ReportNotYet
    key = f"consultations/{row.public_id}/report"
    found = PublishedDocument.objects.filter(key=key, current=True).first()
    if found is None:
        raise NotFound
    document: dict[str, Any] = json.loads(gzip.decompress(found.body))
    return document


@router.get("/consultations/{consultation_id}/attachments/{attachment_id}", auth=None)
def get_attachment(request: HttpRequest, consultation_id: str, attachment_id: str) -> HttpResponse:
    """附件内容。"""
    found = public.attachment(public.one(consultation_id), attachment_id)
    response = HttpResponse(found.file.read(), content_type=found.file.mime)
    extension = found.file.name.rpartition(".")[2] or "bin"
    response["Content-Disposition"] = f'attachment; filename="{found.public_id}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
