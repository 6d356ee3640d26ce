"""One case: the page, its actions, its files, and clear personal data with a reason."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from zhijian.audit.actions import record
from zhijian.cases.console import answers, doing
from zhijian.cases.console.page import CasePage, build
from zhijian.cases.errors import CaseNotFound, DocumentNotYet
from zhijian.cases.models import Case
from zhijian.cases.queries.facts import HANDLING_POSTS
from zhijian.cases.queries.staff import case_for_staff, file_for_staff
from zhijian.cases.queries.versions import version
from zhijian.core.console import wants_part
from zhijian.core.files import StoredFile
from zhijian.organizations import news
from zhijian.organizations.access import requires, staff_of
from zhijian.workbench.acting import Bench, Tried
from zhijian.workbench.revealing import revealed

_SHOWN_AS_IS = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})


@requires(*HANDLING_POSTS)
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    staff = staff_of(request)
    case = case_for_staff(staff, number)
    news.opened(staff, "case", str(case.number))
    return render(request, "cases/case.html", {"page": build(case, staff, file=request.GET.get("file", ""))})


def _show(request: HttpRequest, case: Case, tried: Tried | None) -> HttpResponse:
    page = build(case, staff_of(request), tried=tried)
    template = "cases/case_part.html" if wants_part(request) else "cases/case.html"
    return render(
        request, template, {"page": page, "oob": True}, status=tried.problem.status if tried else 200
    )


BENCH: Final = Bench(
    find=case_for_staff,
    not_found=CaseNotFound,
    do=doing.DO,
    show=_show,
    page="cases_case",
    listing="cases_queue",
)


@require_POST
@requires(*HANDLING_POSTS)
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    return BENCH.act(request, number, action)


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
    page = build(case, staff)
    clear, problem = revealed(request, case.citizen, sorted(page.masked))
    page.reveal_problem = problem
    if clear:
        _unmask(page, case, clear)
    template = "cases/parts/answers.html" if wants_part(request) else "cases/case.html"
    return render(request, template, {"page": page}, status=problem.status if problem else 200)


def _unmask(page: CasePage, case: Case, clear: dict[str, str]) -> None:
    page.sections = answers.sections(version(case.item_version_id).form["ui"], case.form, masked=False)
    page.applicant = clear["name"]
    page.clear = [(words, clear[name]) for name, words in _CLEAR.items() if clear.get(name)]
    page.masked, page.revealed = frozenset(), True


_CLEAR = {"name": "申请人姓名", "id_number": "申请人身份证号", "phone": "申请人手机号"}
