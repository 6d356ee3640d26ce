"""A year's days, what is wrong with them, and what looks as if something was forgotten."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from zhijian.core.dates import weekday_date

NAMES: Final = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
NAME_MAX: Final = 20
#: 《全国年节及纪念日放假办法》 in force since 2025.
STATUTORY_DAYS: Final = 13
MOST_REST: Final = 45
MOST_MAKE_UP: Final = 12
_SPAN = timedelta(days=1)

#: Between which days (month, day) a holiday lies in any year, and how many days the law gives.
_LAW: Final = {
    "元旦": ((1, 1), (1, 1), 1),
    "春节": ((1, 20), (2, 28), 4),
    "清明节": ((4, 3), (4, 7), 1),
    "劳动节": ((5, 1), (5, 2), 2),
    "端午节": ((5, 25), (6, 26), 1),
    "国庆节": ((10, 1), (10, 3), 3),
}
_MID_AUTUMN: Final = ((9, 7), (10, 10))


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day that differs from the week: a rest day 放假, or with ``working`` a make-up working day 调休上班."""

    date: date
    working: bool
    name: str = ""

    @property
    def words(self) -> str:
        return f"{spoken(self.date)}{'上班' if self.working else '放假'}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the days come from. A provisional year may have no document yet."""

    title: str = ""
    document_number: str = ""
    issued_on: date | None = None
    url: str = ""

    @property
    def words(self) -> str:
        return f"《{self.title}》（{self.document_number}）" if self.document_number else self.title


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A year as somebody wants it to be."""

    year: int
    days: tuple[Day, ...]
    source: Source = Source()
    provisional: bool = False

    @property
    def marks(self) -> dict[date, bool]:
        return {day.date: day.working for day in self.days}

    @property
    def json(self) -> list[dict[str, Any]]:
        return [
            {"date": day.date.isoformat(), "working": day.working, "name": day.name}
            for day in sorted(self.days)
        ]


@dataclass(frozen=True, slots=True)
class Difference:
    """A day on which somebody who worked now rests, or the other way round, or that is named otherwise."""

    date: date
    before: str
    after: str
    matters: bool


def days_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Day, ...]:
    """From what :attr:`YearPlan.json` gave."""
    return tuple(
        Day(date.fromisoformat(row["date"]), bool(row["working"]), str(row.get("name", ""))) for row in rows
    )


def spoken(day: date) -> str:
    return weekday_date(day, this_year=day.year)


def faults(plan: YearPlan) -> list[str]:
    """Why this cannot be a year, in Chinese; empty if it can."""
    found = [] if 2000 <= plan.year <= 2100 else [f"年度“{plan.year}”不对，请填写四位数的年份"]
    if not plan.days:
        found.append("没有一个放假或上班的日子，请录入国务院办公厅通知里的安排")
    twice = Counter(day.date for day in plan.days)
    for day in sorted(twice):
        marks = {one.working for one in plan.days if one.date == day}
        if len(marks) > 1:
            found.append(f"{spoken(day)}既写了放假又写了上班，请只留一个")
        elif twice[day] > 1:
            found.append(f"{spoken(day)}写了两次，请只留一行")
    for one in sorted(plan.days):
        if one.date.year != plan.year:
            found.append(f"{one.date.year}年{spoken(one.date)}不在{plan.year}年，请录入到{one.date.year}年")
        elif one.working and one.date.weekday() < 5:
            found.append(f"{spoken(one.date)}本来就是工作日，调休上班的日子应当是周六或周日")
        if len(one.name) > NAME_MAX:
            found.append(f"{spoken(one.date)}的名称最多{NAME_MAX}个字")
    return found + _source_faults(plan)


def _source_faults(plan: YearPlan) -> list[str]:
    found, source = [], plan.source
    if len(source.title.strip()) < 2:
        found.append("请填写依据的文件名称，例如“国务院办公厅关于某年部分节假日安排的通知”")
    if len(source.title) > 120 or len(source.document_number) > 60 or len(source.url) > 300:
        found.append("文件名称最多120个字，文号最多60个字，网址最多300个字符")
    if source.url and not source.url.startswith(("http://", "https://")):
        found.append("网址请以 https:// 开头，没有网址可以留空")
    return found


def warnings(plan: YearPlan) -> list[str]:
    """What looks unusual. It may be right (the law itself may change), so it forbids nothing."""
    rest = {day.date for day in plan.days if not day.working}
    make_up = {day.date for day in plan.days if day.working}
    found = [
        f"没有{name}的法定放假日（通常{least}天），请核对是否漏录"
        for name, (first, last, least) in _LAW.items()
        if _count(rest, plan.year, first, last) < least
    ]
    if not _mid_autumn(plan, rest):
        found.append("没有中秋节的法定放假日（通常1天），请核对是否漏录")
    if len(rest) > MOST_REST:
        found.append(f"放假共{len(rest)}天，比往年多，请核对")
    if len(make_up) > MOST_MAKE_UP:
        found.append(f"调休上班共{len(make_up)}天，比往年多，请核对")
    taken = sum(day.weekday() < 5 for day in rest)
    if make_up and taken < len(make_up):
        found.append(f"平日只放假{taken}天，调休上班却有{len(make_up)}天，请核对")
    if taken > STATUTORY_DAYS + len(make_up):
        found.append(f"平日放假{taken}天，调休上班只有{len(make_up)}天，请核对是否漏录上班的周末")
    return found


def _mid_autumn(plan: YearPlan, rest: set[date]) -> bool:
    if any("中秋" in day.name for day in plan.days if not day.working):
        return True
    national = {date(plan.year, 10, day) for day in (1, 2, 3)} if 2000 <= plan.year <= 2100 else set()
    weekdays = {day for day in rest - national if day.month == 9 or "国庆" not in _name(plan, day)}
    return _count(weekdays, plan.year, *_MID_AUTUMN) > 0


def _name(plan: YearPlan, day: date) -> str:
    return next((one.name for one in plan.days if one.date == day), "")


def _count(rest: set[date], year: int, first: tuple[int, int], last: tuple[int, int]) -> int:
    return sum(first <= (day.month, day.day) <= last and day.year == year for day in rest)


def differences(before: Iterable[Day] | None, after: Iterable[Day]) -> list[Difference]:
    """Day by day what changes; all days of a year that nobody had entered."""
    old, new = {day.date: day for day in before or ()}, {day.date: day for day in after}
    found = []
    for day in sorted(old.keys() | new.keys()):
        was, becomes = old.get(day), new.get(day)
        if was is None or becomes is None or was.working != becomes.working:
            matters = before is None or _works(day, was) != _works(day, becomes) or day.weekday() >= 5
            found.append(Difference(day, _state(day, was), _state(day, becomes), matters))
    return found


def _works(day: date, mark: Day | None) -> bool:
    return mark.working if mark else day.weekday() < 5


def _state(day: date, mark: Day | None) -> str:
    if mark is None:
        return "工作日" if day.weekday() < 5 else "周末"
    words = "上班" if mark.working else "放假"
    return f"{words}（{mark.name}）" if mark.name else words


def span(first: date, last: date) -> list[date]:
    return [first + _SPAN * n for n in range((last - first).days + 1)]
