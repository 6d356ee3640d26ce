"""The result in charts with a table behind each, and its export."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhijian.consultations import actions, exporting
from zhijian.consultations.console.moderation import target_words
from zhijian.consultations.console.page import head
from zhijian.consultations.queries import staff as queries
from zhijian.consultations.queries.comments import groups_of
from zhijian.consultations.queries.report import report
from zhijian.consultations.rules.figures import Result
from zhijian.consultations.spec import KIND_WORDS
from zhijian.core.clock import now
from zhijian.core.sheets import CSV, XLSX, attachment
from zhijian.organizations.access import requires, staff_of

_KINDS = {
    "xlsx": (
        exporting.workbook,
        XLSX,
    ),
    "csv": (exporting.comma_separated, CSV),
}


@require_GET
@requires(*queries.POSTS)
def report_page(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    row = queries.one(staff, public_id)
    found = report(row)
    longest = max(found.clauses.values(), default=0) or 1
    context = head(staff, row) | {
        "report": found,
        "charts": [
            {"result": one, "kind": KIND_WORDS[one.kind], "finding": finding(one)} for one in found.results
        ],
        "clauses": [
            {"label": target_words(row, key), "count": count, "share": round(100 * count / longest, 1)}
            for key, count in found.clauses.items()
        ],
        "groups": groups_of(row),
        "at": now(),
    }
    return render(request, "consultations/report.html", context)


@require_GET
@requires(*queries.POSTS)
def export(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """The file; who took it is audited."""
    staff = staff_of(request)
    row = queries.one(staff, public_id)
    if kind not in _KINDS:
        raise Http404
    actions.note_export(staff.actor, consultation=row, kind=kind)
    write, mime = _KINDS[kind]
    name = f"consultation-{row.public_id[:8]}.{kind}"
    return attachment(write(row), kind=mime, name=name)


def finding(result: Result) -> str:
    """The chart's title is what it says."""
    if not result.answered:
        return f"{result.title}：还没有人回答"
    if result.kind == "text":
        return f"{result.title}：{result.answered} 人写了意见"
    if result.kind in {"scale", "matrix"}:
        rated = [row for row in result.rows if row.mean is not None]
        if result.kind == "scale" or len(rated) < 2:
            return f"{result.title}：平均 {rated[0].mean:.2f}" if rated else result.title
        best = max(rated, key=lambda row: row.mean or 0)
        return f"{result.title}：“{best.label}”最高，平均 {best.mean:.2f}"
    top = max(result.rows[0].bars, key=lambda bar: bar.count)
    return f"{result.title}：{top.share:g}% 选“{top.label}”"
