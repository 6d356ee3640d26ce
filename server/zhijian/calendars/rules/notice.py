"""Reads the wording of the State Council's notice: only sentences that it understands wholly, or none.

What names a day and is not understood is an error with the sentence in it, never left out silently. The weekday in
brackets and the count of days are checked against the calendar: they catch a year pasted into another and a misprint.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from zhijian.calendars.rules.year import Day, Source, YearPlan, span, spoken
from zhijian.core.dates import WEEKDAYS

_BRACKETS = re.compile(r"\(([^()]*)\)")
_DATE = r"(?:(?P<{0}y>\d{{4}})年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日"
_MARK = r"(?:\{(?P<%sw>[^}]*)\})?"
_START, _END = _DATE.format("a") + _MARK % "a", _DATE.format("b") + _MARK % "b"
_TAIL = r"(?:放假调休|放假|调休)(?:,?共?(?P<count>\d+)天)?(?:,(?:不调休|与周末连休|补休))*"
_REST = re.compile(rf"{_START}(?:[至到\-—~]{_END})?{_TAIL}")
_ONE = re.compile(_START)
_WORK = re.compile(r"(?P<days>.+?)(?:正常)?上班")
_ANY_DATE = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}日")
_SIGNED = re.compile(r"(?:国务院办公厅)?(\d{4})年(\d{1,2})月(\d{1,2})日(?:印发)?")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}[〔\[](\d{4})[〕\]]\d+号")
_TITLE = re.compile(r"[\u4e00-\u9fff]*关于(\d{4})年[^\n]{0,40}?(?:安排|放假)的?通知")
_YEAR = re.compile(r"(\d{4})年")
_ITEM = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、])?([\u4e00-\u9fff、]{2,12}):(.*)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """``unread``: what speaks of days and was not understood, or contradicts the calendar, with why. ``notes``: what
    was understood and left out, to be told."""

    plan: YearPlan
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def looks_like_notice(text: str) -> bool:
    return "放假" in text and bool(re.search(r"\d+月\d+日", _plain(text)))


def read_notice(text: str, year: int | None = None) -> Reading:
    """The days of ``year`` (by default the one that the notice names)."""
    plain = _plain(text)
    title = _TITLE.search(plain.replace("\n", ""))  # it is often broken over two lines
    number = _NUMBER.search(plain)
    named = int(title[1]) if title else None
    target = year or named or _first_year(plain)
    if target is None:
        return Reading(YearPlan(0, ()), ("没有看出是哪一年的安排，请先填写年度",))
    reader = _Reader(target)
    if named and named != target:
        reader.unread.append(f"这是{named}年的通知，现在录入的是{target}年")
    for line in plain.splitlines():
        reader.line(line)
    source = Source(
        title=title[0] if title else "",
        document_number=number[0].replace("[", "〔").replace("]", "〕") if number else "",
        issued_on=reader.signed,
    )
    inside = tuple(sorted(day for day in reader.days if day.date.year == target))
    notes = tuple(
        f"{day.date.year}年{day.words}不属于{target}年，没有放入，请到{day.date.year}年的日历里核对"
        for day in sorted(reader.days)
        if day.date.year != target
    )
    return Reading(YearPlan(target, inside, source), tuple(reader.unread), notes)


def _plain(text: str) -> str:
    """Half-width, without spaces and invisible signs; lines stay."""
    folded = unicodedata.normalize("NFKC", text)
    kept = (
        sign
        for sign in folded
        if sign == "\n" or not (sign.isspace() or unicodedata.category(sign) in {"Cf", "Cc"})
    )
    return "".join(kept).replace("星期", "周")


def _first_year(plain: str) -> int | None:
    found = _YEAR.search(plain)
    return int(found[1]) if found else None


class _Reader:
    def __init__(self, year: int) -> None:
        self.year, self.name = year, ""
        self.days: list[Day] = []
        self.unread: list[str] = []
        self.signed: date | None = None

    def line(self, line: str) -> None:
        item = _ITEM.match(line)
        if item:
            self.name, line = item[1], item[2]
        for sentence in re.split(r"[。;]", line):
            self._sentence(sentence.strip(",、"))

    def _sentence(self, sentence: str) -> None:
        text = _BRACKETS.sub(_weekday_mark, sentence)
        if not _ANY_DATE.search(re.sub(r"\{[^}]*\}", "", text)):
            return
        if signed := _SIGNED.fullmatch(text):
            self.signed = date(*(int(part) for part in signed.groups()))
        elif rest := _REST.fullmatch(text):
            self._rest(rest, sentence)
        elif work := _WORK.fullmatch(text):
            self._work(work["days"], sentence)
        elif not (_NUMBER.search(text) or _TITLE.search(text)):
            self.unread.append(f"没有读懂“{sentence}”")

    def _rest(self, found: re.Match[str], sentence: str) -> None:
        first = self._day(found, "a", None, sentence)
        last = self._day(found, "b", first, sentence) if found["bd"] else first
        if first is None or last is None:
            return
        if last < first:
            self.unread.append(f"“{sentence}”的结束早于开始")
            return
        days = span(first, last)
        if found["count"] and int(found["count"]) != len(days):
            self.unread.append(f"“{sentence}”写的是{found['count']}天，按日期是{len(days)}天")
            return
        self.days += [Day(day, False, self.name) for day in days]

    def _work(self, listed: str, sentence: str) -> None:
        for part in re.split(r"[、,和]", listed):
            found = _ONE.fullmatch(part)
            if found is None:
                self.unread.append(f"没有读懂“{sentence}”")
                return
            day = self._day(found, "a", self.days[-1].date if self.days else None, sentence)
            if day is not None:
                self.days.append(Day(day, True, self.name))

    def _day(self, found: re.Match[str], which: str, after: date | None, sentence: str) -> date | None:
        """A month or year that isn't said is that of the day before it."""
        year, month, day = (found[which + part] for part in "ymd")
        try:
            when = date(
                int(year or (after.year if after and which == "b" else self.year)),
                int(month or (after.month if after else 0)),
                int(day),
            )
        except ValueError:
            self.unread.append(f"“{sentence}”里有不存在的日期")
            return None
        said = found[which + "w"]
        if said and said != WEEKDAYS[when.weekday()]:
            self.unread.append(f"“{sentence}”写的是周{said}，{when.year}年{spoken(when)}，请核对年度和日期")
            return None
        return when


def _weekday_mark(found: re.Match[str]) -> str:
    """A bracket shrinks to the weekday that it names, if it does."""
    said = re.search(r"周([一二三四五六日天])", found[1])
    return "{" + said[1].replace("天", "日") + "}" if said else ""
