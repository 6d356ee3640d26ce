"""One case: the page, its actions, its files, and clear personal data with a reason."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from zhijian.audit.actions import record
from zhijian.cases.console import answers, doing
from zhijian.cases.console.page import CasePage, Tried, build
from zhijian.cases.errors import DocumentNotYet
from zhijian.cases.models import Case
from zhijian.cases.queries.facts import HANDLING_POSTS
from zhijian.cases.queries.staff import case_for_staff, file_for_staff
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.acts import Action
from zhijian.core.errors import Problem
from zhijian.core.files import StoredFile
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.privacy.actions import reveal as reveal_data

_SHOWN_AS_IS = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})


def _wants_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


@requires(*HANDLING_POSTS)
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    staff = staff_of(request)
    case = case_for_staff(staff, number)
    return render(request, "cases/case.html", {"page": build(case, staff, file=request.GET.get("file", ""))})


@require_POST
@requires(*HANDLING_POSTS)
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Do one action. A refusal comes back in place, with everything that was typed."""
    staff = staff_of(request)
    case = case_for_staff(staff, number)
    wanted = _action(action)
    try:
        doing.DO[wanted](staff.actor, case, request.POST)
    except Problem as problem:
        return _refused(request, staff, number, Tried(action, request.POST, problem))
    messages.success(request, f"已完成：{wanted.label}。")
    if not _wants_part(request):
        return redirect("cases_case", number)
    page = build(case_for_staff(staff, number), staff)
    return render(request, "cases/case_part.html", {"page": page, "oob": True})


def _action(action: str) -> Action:
    if action not in Action.values or Action(action) not in doing.DO:
        raise Http404
    return Action(action)


def _refused(request: HttpRequest, staff: Staff, number: str, tried: Tried) -> HttpResponse:
    page = build(case_for_staff(staff, number), staff, tried=tried)
    template = "cases/case_part.html" if _wants_part(request) else "cases/case.html"
    return render(request, template, {"page": page, "oob": True}, status=tried.problem.status)


@requires(*HANDLING_POSTS)
def viewer(request: HttpRequest, number: str, file_id: str) -> HttpResponse:
    """The viewer with another file in it."""
    staff = staff_of(request)
    page = build(case_for_staff(staff, number), staff, file=file_id)
    return render(request, "cases/parts/viewer.html", {"page": page})


@xframe_options_sameorigin
@requires(*HANDLING_POSTS)
def file(request: HttpRequest, number: str, file_id: str) -> HttpResponse:
    """The content of a material; each look is put down in the audit trail."""
    staff = staff_of(request)
    case = case_for_staff(staff, number)
    found = file_for_staff(case, file_id)
    record(staff.actor, "case.file_viewed", subject=f"case:{case.number}", facts={"file": found.public_id})
    if request.GET.get("preview"):
        content, mime = found.file.read_preview()
        return _content(content, mime, found.file)
    return _content(found.file.read(), found.file.mime, found.file)


@xframe_options_sameorigin
@requires(*HANDLING_POSTS)
def document(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A document that the platform made for the case."""
    case = case_for_staff(staff_of(request), number)
    found = case.documents.select_related("file").filter(kind=kind).first()
    if found is None:
        raise DocumentNotYet
    return _content(found.file.read(), found.file.mime, found.file)


def _content(content: bytes, mime: str, source: StoredFile) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    kind = "inline" if mime in _SHOWN_AS_IS else "attachment"
    # The name may be personal data: it stays out of headers, which are logged.
    extension = source.name.rpartition(".")[2] or "bin"
    response["Content-Disposition"] = f'{kind}; filename="{source.public_id}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, no_store=True, private=True)
    return response


@require_POST
@requires(*HANDLING_POSTS)
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """The form with clear personal data, once, for a reason that the applicant can read."""
    staff = staff_of(request)
    case = case_for_staff(staff, number)
    page, status = build(case, staff), 200
    try:
        clear = reveal_data(
            staff.actor,
            staff=staff,
            citizen=case.citizen,
            fields=sorted(page.masked),
            reason=request.POST.get("reason", ""),
        )
    except Problem as problem:
        page.reveal_problem, status = problem, problem.status
    else:
        _unmask(page, case, clear)
    template = "cases/parts/answers.html" if _wants_part(request) else "cases/case.html"
    return render(request, template, {"page": page}, status=status)


def _unmask(page: CasePage, case: Case, clear: dict[str, str]) -> None:
    page.sections = answers.sections(version(case.item_version_id).form["ui"], case.form, masked=False)
    page.applicant = clear["name"]
    page.clear = [(words, clear[name]) for name, words in _CLEAR.items() if clear.get(name)]
    page.masked, page.revealed = frozenset(), True


_CLEAR = {"name": "申请人姓名", "id_number": "申请人身份证号", "phone": "申请人手机号"}
