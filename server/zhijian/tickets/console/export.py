"""Figures as files that offices open: words and not codes, CSV with a byte order mark."""

import csv as csv_writer
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from openpyxl import Workbook

if TYPE_CHECKING:
    from zhijian.tickets.console.figures import Line

HEADS = (
    "名称", "收到", "在办", "已超期", "响应率（%）", "已答复", "按时答复率（%）", "已办结", "解决率（%）", "满意率（%）", "重开率（%）",
)  # fmt: skip
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv(name: str, sheets: "Mapping[str, Sequence[Line]]") -> HttpResponse:
    out = io.StringIO()
    writer = csv_writer.writer(out)
    for title, lines in sheets.items():
        writer.writerow([title])
        writer.writerow(HEADS)
        writer.writerows(_cells(line) for line in lines)
        writer.writerow([])
    return _file("\ufeff" + out.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def xlsx(name: str, sheets: "Mapping[str, Sequence[Line]]") -> HttpResponse:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        sheet.append(list(HEADS))
        for line in lines:
            sheet.append(_cells(line))
        sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return _file(out.getvalue(), _XLSX, f"{name}.xlsx")


def _cells(line: "Line") -> list[str | int | float]:
    counts, rates = line.counts, line.rates
    name = line.name if line.name[:1] not in "=+-@\t\r" else f"'{line.name}"  # no formulas from names
    return [
        name,
        counts.received,
        counts.open,
        counts.overdue,
        _rate(rates.response),
        counts.answered,
        _rate(rates.in_time),
        counts.closed,
        _rate(rates.resolution),
        _rate(rates.satisfaction),
        _rate(rates.reopening),
    ]


def _rate(value: float | None) -> str | float:
    return "" if value is None else value


def _file(content: str | bytes, mime: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
