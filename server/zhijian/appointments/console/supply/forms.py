"""The plan as a form: one row a stretch of time on any weekdays, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from zhijian.appointments.errors import SupplyWrong
from zhijian.appointments.models import ScheduleLine
from zhijian.appointments.specs import LineSpec, PlanSpec
from zhijian.core import dates

SPARE_ROWS = 2
_MOST_ROWS = 60
WEEKDAYS = tuple(enumerate(dates.WEEKDAYS, start=1))
NUMBERS = {
    "slot_minutes": "每段分钟",
    "capacity": "普通号",
    "priority": "优先号",
    "walk_in": "现场号",
    "overbook": "超额号",
}
_LINE = {"weekday": "星期", "starts": "开始时间", "ends": "结束时间"} | NUMBERS
_TERMS = {
    "valid_from": "起用日期",
    "valid_to": "停用日期",
    "horizon_days": "提前几天放号（0至90）",
    "release_at": "放号时间",
    "lead_minutes": "开始前多少分钟停止预约",
    "hold_minutes": "占号几分钟（1至60）",
    "offer_minutes": "候补确认几分钟（5至2880）",
    "makeup_weekday": "调休日按星期几",
}
_TICKS = ("waitlist", "follows_calendar")


@dataclass
class Row:
    """A row as it was typed; ``fault`` says what is wrong with it."""

    number: int
    days: list[int] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    fault: str = ""

    @property
    def empty(self) -> bool:
        return not (self.days or self.values.get("starts") or self.values.get("ends"))

    @property
    def days_words(self) -> str:
        """周一至周五, or the days one by one."""
        names = dict(WEEKDAYS)
        if len(self.days) > 2 and self.days == list(range(self.days[0], self.days[-1] + 1)):
            return f"周{names[self.days[0]]}至周{names[self.days[-1]]}"
        return "、".join(f"周{names[day]}" for day in self.days)


@dataclass
class PlanForm:
    terms: dict[str, Any]
    rows: list[Row]
    faults: list[str] = field(default_factory=list)

    @property
    def shown_rows(self) -> list[Row]:
        """The filled rows, and empty ones to add to."""
        last = max((row.number for row in self.rows), default=-1)
        return self.rows + [Row(last + n, values=_defaults()) for n in range(1, SPARE_ROWS + 1)]

    def blame(self, problem: SupplyWrong) -> None:
        """Put what the action refused beside the row that it is about."""
        owners = [row for row in self.rows for _ in row.days]
        for fault in problem.fields:
            place = fault.path.removeprefix("/lines/")
            if place.isdigit() and int(place) < len(owners):
                owners[int(place)].fault = fault.message
            else:
                self.faults.append(fault.message)


def line_rows(lines: Iterable[ScheduleLine | LineSpec]) -> list[Row]:
    """Lines that differ only by the weekday are one row."""
    grouped: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for line in sorted(lines, key=lambda one: (one.starts, one.weekday)):
        values = {"starts": f"{line.starts:%H:%M}", "ends": f"{line.ends:%H:%M}"}
        values |= {name: str(getattr(line, name)) for name in NUMBERS}
        grouped.setdefault(tuple(values.items()), []).append(line.weekday)
    return [Row(n, sorted(days), dict(values)) for n, (values, days) in enumerate(grouped.items())]


def form_of(spec: PlanSpec) -> PlanForm:
    terms = {name: value for name, value in spec.model_dump(mode="json").items() if name != "lines"}
    terms["release_at"] = f"{spec.release_at:%H:%M}"
    return PlanForm(terms, line_rows(spec.lines))


def typed(data: QueryDict) -> PlanForm:
    """What was sent, as it was typed."""
    terms: dict[str, Any] = {name: data.get(name, "").strip()[:20] for name in _TERMS}
    terms |= {name: data.get(name) == "1" for name in _TICKS}
    rows = [_row(data, number) for number in range(_MOST_ROWS) if f"starts-{number}" in data]
    return PlanForm(terms, [row for row in rows if not row.empty])


def spec_from(form: PlanForm) -> PlanSpec | None:
    """The values that ``form`` says; None, with words in the form, when they make no sense."""
    lines = [spec for row in form.rows for spec in _line_specs(row)]
    terms = {name: value for name, value in form.terms.items() if value != ""}
    try:
        spec = PlanSpec.model_validate(terms | {"lines": []})
    except ValidationError as error:
        form.faults += [f"{_TERMS.get(str(e['loc'][0]), '条款')}填写有误" for e in error.errors()]
        return None
    if any(row.fault for row in form.rows):
        return None
    return spec.model_copy(update={"lines": tuple(lines)})


def _line_specs(row: Row) -> list[LineSpec]:
    if not row.days:
        row.fault = "请勾选星期"
    found = []
    values: Mapping[str, Any] = {name: value or "0" for name, value in row.values.items()}
    for day in row.days:
        try:
            found.append(LineSpec.model_validate({**values, "weekday": day}))
        except ValidationError as error:
            names = dict.fromkeys(_LINE.get(str(e["loc"][0]), "内容") for e in error.errors())
            row.fault = f"{'、'.join(names)}填写有误"
    return found


def _row(data: QueryDict, number: int) -> Row:
    days = sorted({int(day) for day in data.getlist(f"days-{number}") if day in set("1234567")})
    names = ("starts", "ends", *NUMBERS)
    return Row(number, days, {name: data.get(f"{name}-{number}", "").strip()[:8] for name in names})


def _defaults() -> dict[str, str]:
    return {"slot_minutes": "30", "capacity": "", "priority": "", "walk_in": "", "overbook": ""}
