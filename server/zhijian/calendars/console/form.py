"""What was typed on the page of a year, as a plan; nothing typed is lost by a refusal."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from zhijian.calendars.errors import CalendarWrong, NoticeUnread
from zhijian.calendars.rules import formats
from zhijian.calendars.rules.notice import Reading
from zhijian.calendars.rules.year import Day, Source, YearPlan
from zhijian.core.dates import WEEKDAYS, read_day, short_date
from zhijian.core.errors import FieldError

SOURCE = ("title", "document_number", "issued_on", "url")


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the year's view. ``kind``: rest, work, weekend or day."""

    iso: str
    number: int
    kind: str
    name: str
    spoken: str


def typed_from(plan: YearPlan) -> dict[str, str]:
    source = plan.source
    return {
        "title": source.title,
        "document_number": source.document_number,
        "issued_on": source.issued_on.isoformat() if source.issued_on else "",
        "url": source.url,
        "provisional": "1" if plan.provisional else "",
        "days": formats.write_csv(plan),
    }


def typed(post: QueryDict) -> dict[str, str]:
    return {name: post.get(name, "").strip() for name in (*SOURCE, "provisional", "days")}


def plan_from(year: int, values: Mapping[str, str]) -> YearPlan:
    """Raises NoticeUnread with each line that cannot be read."""
    reading = formats.read(values["days"], year) if values["days"] else Reading(YearPlan(year, ()))
    wrong = list(reading.unread)
    issued = None
    if values["issued_on"]:
        try:
            issued = read_day(values["issued_on"])
        except ValueError:
            wrong.append(f"没有读懂发文日期“{values['issued_on'][:20]}”，请写成 2026-11-04")
    if wrong:
        raise NoticeUnread(fields=[FieldError("/days", "unread", words) for words in wrong])
    source = Source(values["title"], values["document_number"], issued, values["url"])
    return YearPlan(year, tuple(sorted(reading.plan.days)), source, bool(values["provisional"]))


def read_pasted(year: int, text: str, file: "UploadedFile[Any] | None") -> Reading:
    """Raises CalendarWrong for a file that is no text, NoticeUnread for what cannot be read surely."""
    if file is not None:
        if (file.size or 0) > formats.MOST:
            raise CalendarWrong("文件太大。一年的安排只有几十行，请选择文本或表格文件。")
        try:
            text = formats.decode(file.read())
        except ValueError:
            raise CalendarWrong("这个文件不是文本。请另存为 CSV，或者复制通知全文粘贴进来。") from None
    if not text.strip():
        raise CalendarWrong("请粘贴通知全文，或者选择一个文件。")
    reading = formats.read(text[: formats.MOST], year)
    if reading.unread:
        raise NoticeUnread(
            "请改正下面的地方再读取，或者直接在日历上勾选。",
            fields=[FieldError("/text", "unread", words) for words in reading.unread],
        )
    return reading


def months(plan: YearPlan) -> list[dict[str, Any]]:
    """Twelve months of whole weeks, Monday first; None where another month's day would be."""
    marks = {day.date: day for day in plan.days}
    found = []
    for month in range(1, 13):
        weeks = calendar.Calendar().monthdatescalendar(plan.year, month)
        rows = [
            [_cell(day, marks.get(day)) if day.month == month else None for day in week] for week in weeks
        ]
        found.append({"number": month, "weeks": rows})
    return found


def _cell(day: date, mark: Day | None) -> Cell:
    if mark is not None:
        kind = "work" if mark.working else "rest"
    else:
        kind = "weekend" if day.weekday() > 4 else "day"
    spoken = f"{short_date(day)} 周{WEEKDAYS[day.weekday()]}"
    return Cell(day.isoformat(), day.day, kind, mark.name if mark else "", spoken)
