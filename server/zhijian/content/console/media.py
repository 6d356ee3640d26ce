"""素材库: pictures with their words, videos with their captions, papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhijian.content import actions
from zhijian.content.codes import MediaKind
from zhijian.content.errors import ContentInvalid
from zhijian.content.models import Media
from zhijian.content.queries import media_in_scope
from zhijian.core.errors import FieldError, Problem
from zhijian.core.pagination import paginate
from zhijian.organizations.access import may, staff_of
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post

_CAPTIONS_MAX = 200_000  # bytes


def library(request: HttpRequest) -> HttpResponse:
    """The files of the editor's departments, newest first, and the form for a new one."""
    user, problem = staff_of(request), None
    if request.method == "POST":
        try:
            media = _take(request)
        except Problem as refused:
            problem = refused
        else:
            messages.success(request, f"已上传“{media.name}”，可以在文章里选用")
            return redirect("content_media")
    found = media_in_scope(user).select_related("file", "department")
    page = paginate(found, order=["-pk"], cursor=request.GET.get("cursor"), size=24)
    context = {
        "page": page,
        "departments": departments_in_scope(user, Post.EDITOR),
        "kinds": MediaKind.choices,
        "given": request.POST,
        "problem": problem,
        "may": may(user, Post.EDITOR),
        "here": "media",
        "may_write": True,
    }
    return render(request, "content/media.html", context, status=problem.status if problem else 200)


def _take(request: HttpRequest) -> Media:
    user: Any = request.user
    department = departments_in_scope(user, Post.EDITOR).filter(code=request.POST.get("department")).first()
    kind, upload = request.POST.get("kind", ""), request.FILES.get("file")
    if department is None or kind not in MediaKind.values or upload is None:
        words = "请选择部门、类型和文件"
        raise ContentInvalid(fields=[FieldError(path="/file", code="required", message=words)])
    return actions.give_media(
        user.actor_as(Post.EDITOR),
        department=department,
        kind=MediaKind(kind),
        upload=upload,
        name=request.POST.get("name", ""),
        alt=request.POST.get("alt", ""),
        captions=_captions(request),
    )


def _captions(request: HttpRequest) -> str:
    given: Any = request.FILES.get("captions")
    content: bytes = given.read(_CAPTIONS_MAX + 1)[:_CAPTIONS_MAX] if given else b""
    return content.decode("utf-8", errors="replace").replace("\0", "")


def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file before it is public: pictures small, the others whole."""
    media = get_object_or_404(media_in_scope(staff_of(request)).select_related("file"), public_id=public_id)
    body, mime = (
        media.file.read_preview() if media.kind == MediaKind.IMAGE else (media.file.read(), media.file.mime)
    )
    response = HttpResponse(body, content_type=mime)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    if media.kind == MediaKind.DOCUMENT:
        response["Content-Disposition"] = "attachment"
    return response


def captions(request: HttpRequest, public_id: str) -> HttpResponse:
    media = get_object_or_404(media_in_scope(staff_of(request)), public_id=public_id)
    return HttpResponse(media.captions, content_type="text/vtt; charset=utf-8")
