"""诉求统计: rates by department, category and kind, and the same as a file. Nothing of persons."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhijian.audit.actions import record
from zhijian.core import sheets
from zhijian.core.clock import now, today
from zhijian.core.dates import read_day
from zhijian.core.errors import Invalid
from zhijian.core.sheets import attachment
from zhijian.core.workdays import end_of
from zhijian.core.zone import CHINA
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.tickets.queries import figures as reading
from zhijian.tickets.rules.figures import Counts, Rates, rates

HEADS = (
    "名称", "收到", "在办", "已超期", "响应率（%）", "已答复", "按时答复率（%）", "已办结", "解决率（%）", "满意率（%）", "重开率（%）",
)  # fmt: skip
_PERIOD = timedelta(days=30)
_POSTS = (Post.SUPERVISOR, Post.TICKET_DISPATCHER)


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=CHINA)

    @property
    def end(self) -> datetime:
        return end_of(self.last)


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    counts: Counts
    rates: Rates


@requires(*_POSTS)
def figures_page(request: HttpRequest) -> HttpResponse:
    staff, period = staff_of(request), _period(request)
    total = reading.totals(staff, period.start, period.end)
    departments = _lines(reading.by_department(staff, period.start, period.end))
    context = {
        "period": period,
        "at": now(),
        "total": total,
        "rates": rates(total),
        "finding": finding(total, rates(total)),
        "departments": departments,
        "longest": max((line.counts.received for line in departments), default=1),
        "categories": _lines(reading.by_category(staff, period.start, period.end)),
        "kinds": _lines(reading.by_kind(staff, period.start, period.end)),
    }
    return render(request, "tickets/figures.html", context)


@requires(*_POSTS)
def figures_file(request: HttpRequest, form: str) -> HttpResponse:
    """``form`` csv or xlsx."""
    staff, period = staff_of(request), _period(request)
    tables = _tables(staff, period)
    facts = {"from": period.first.isoformat(), "to": period.last.isoformat(), "form": form}
    record(staff.actor, "ticket.exported", subject="tickets:figures", facts=facts)
    name = f"tickets-{period.first:%Y%m%d}-{period.last:%Y%m%d}"
    if form == "xlsx":
        named = {title: [HEADS, *rows] for title, rows in tables.items()}
        return attachment(sheets.workbook(named, freeze="B2"), kind=sheets.XLSX, name=f"{name}.xlsx")
    rows = [row for title, lines in tables.items() for row in ([title], HEADS, *lines, [])]
    return attachment(sheets.comma_separated(rows), kind=sheets.CSV, name=f"{name}.csv")


def _tables(staff: Staff, period: Period) -> dict[str, list[sheets.Row]]:
    found = {
        "按部门": reading.by_department(staff, period.start, period.end),
        "按分类": reading.by_category(staff, period.start, period.end),
        "按类型": reading.by_kind(staff, period.start, period.end),
    }
    return {title: [_cells(row.name, row.counts) for row in rows] for title, rows in found.items()}


def _cells(name: str, counts: Counts) -> sheets.Row:
    """One row below ``HEADS``; a rate of nothing is an empty cell."""
    found = rates(counts)
    cells = (
        *(name, counts.received, counts.open, counts.overdue, found.response, counts.answered),
        *(found.in_time, counts.closed, found.resolution, found.satisfaction, found.reopening),
    )
    return ["" if value is None else value for value in cells]


def _lines(rows: list[reading.Row]) -> list[Line]:
    return [Line(row.name, row.counts, rates(row.counts)) for row in rows]


def finding(total: Counts, found: Rates) -> str:
    """The page's finding in a sentence."""
    if not total.received:
        return "这段时间没有收到诉求"
    parts = [f"收到诉求 {total.received} 件"]
    if found.in_time is not None:
        parts.append(f"按时答复率 {found.in_time}%")
    if found.satisfaction is not None:
        parts.append(f"满意率 {found.satisfaction}%")
    parts.append(f"{total.overdue} 件已超期" if total.overdue else "没有超期")
    return "，".join(parts)


def _period(request: HttpRequest) -> Period:
    """The last thirty days unless asked otherwise. Raises Invalid."""
    last = _date(request.GET.get("to", "")) or today()
    first = _date(request.GET.get("from", "")) or last - _PERIOD
    if first > last or (last - first).days > 400:
        raise Invalid("请选择先后正确、不超过一年的时间段。")
    return Period(first, last)


def _date(text: str) -> date | None:
    try:
        return read_day(text) if text else None
    except ValueError as error:
        raise Invalid("日期请写成2026-11-24这样。") from error
