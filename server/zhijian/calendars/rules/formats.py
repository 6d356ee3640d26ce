"""Reads a year from what people have: our CSV or JSON, or the notice's own words. See docs/operations/calendar.md."""

import csv
import io
import json
import re
import unicodedata
from datetime import date
from typing import Any, Final

from zhijian.calendars.rules.notice import Reading, looks_like_notice, read_notice
from zhijian.calendars.rules.year import Day, Source, YearPlan
from zhijian.core.dates import read_day

MOST: Final = 200_000
_KEYS: Final = {"年度": "year", "依据": "title", "文件": "title", "标题": "title", "文号": "document_number",
                "发文日期": "issued_on", "网址": "url", "性质": "status"}  # fmt: skip
_REST: Final = {"休", "放假", "假", "休息", "rest"}
_WORK: Final = {"班", "上班", "调休上班", "调休", "work"}


def decode(content: bytes) -> str:
    """UTF-8, or what Chinese spreadsheets write. Raises ValueError."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError


def read(text: str, year: int | None = None) -> Reading:
    """``year``: the one that is being entered, when that is known; another in the text is then told."""
    text = text.strip().lstrip("\ufeff")
    if text.startswith("{"):
        reading = _json(text)
    elif looks_like_notice(text):
        return read_notice(text, year)
    else:
        reading = _csv(text, year)
    if year and reading.plan.year and reading.plan.year != year:
        words = f"这是{reading.plan.year}年的安排，现在录入的是{year}年"
        return Reading(reading.plan, (*reading.unread, words))
    return reading


def write_csv(plan: YearPlan) -> str:
    """One line a day, as :func:`read` takes it."""
    rows = [f"{day.date.isoformat()},{'班' if day.working else '休'},{day.name}" for day in sorted(plan.days)]
    return "\n".join(rows)


def _json(text: str) -> Reading:
    try:
        content = json.loads(text)
        days, unread = [], []
        for row in content["days"]:
            day = _date(str(row["date"]))
            if day is None:
                unread.append(f"没有读懂日期“{row['date']}”")
            elif not isinstance(row["working"], bool):
                unread.append(f"“{row['date']}”的 working 请写 true（上班）或 false（放假）")
            else:
                days.append(Day(day, row["working"], str(row.get("name", ""))))
        source, wrong = _source({**content, "title": content.get("title") or content.get("source") or ""})
        plan = YearPlan(int(content["year"]), tuple(days), source, bool(content.get("provisional", False)))
    except (ValueError, KeyError, TypeError, AttributeError):
        words = "这份文件的格式不对：需要 year 和 days，days 的每一项写 date、working、name"
        return Reading(YearPlan(0, ()), (words,))
    return Reading(plan, (*unread, *wrong))


def _csv(text: str, year: int | None) -> Reading:
    days: list[Day] = []
    unread: list[str] = []
    said: dict[str, Any] = {}
    for number, row in enumerate(csv.reader(io.StringIO(_commas(text))), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0] in {"日期", "date"}:
            continue
        if cells[0] in _KEYS:
            said[_KEYS[cells[0]]] = cells[1] if len(cells) > 1 else ""
            continue
        found = _line(cells)
        if isinstance(found, str):
            unread.append(f"第{number}行{found}")
        else:
            days.append(found)
    source, wrong = _source(said)
    stated = said.get("year", "")
    if stated and not re.fullmatch(r"\d{4}", stated):
        wrong.append(f"年度“{stated}”不对，请填写四位数的年份")
    named = int(stated) if re.fullmatch(r"\d{4}", stated) else None
    target = named or year or (days[0].date.year if days else 0)
    return Reading(YearPlan(target, tuple(days), source, said.get("status") == "暂定"), (*unread, *wrong))


def _line(cells: list[str]) -> Day | str:
    day = _date(cells[0])
    if day is None:
        return f"没有读懂日期“{cells[0][:30]}”，请写成 2027-02-05"
    kind = cells[1] if len(cells) > 1 else ""
    if kind not in _REST | _WORK:
        return f"“{kind[:10]}”请写“休”或“班”"
    return Day(day, kind in _WORK, cells[2] if len(cells) > 2 else "")


def _commas(text: str) -> str:
    """Tabs and wide commas separate as well: tables are pasted from spreadsheets and documents."""
    return "\n".join(
        unicodedata.normalize("NFKC", line).replace("\t", ",") if '"' not in line else line
        for line in text.splitlines()
    )


def _source(said: dict[str, Any]) -> tuple[Source, list[str]]:
    issued, wrong = None, []
    if stated := str(said.get("issued_on") or ""):
        issued = _date(stated)
        if issued is None:
            wrong.append(f"没有读懂发文日期“{stated[:30]}”，请写成 2026-11-04")
    return (
        Source(
            title=str(said.get("title") or "").strip(),
            document_number=str(said.get("document_number") or "").strip(),
            issued_on=issued,
            url=str(said.get("url") or "").strip(),
        ),
        wrong,
    )


def _date(text: str) -> date | None:
    try:
        return read_day(text)
    except ValueError:
        return None
