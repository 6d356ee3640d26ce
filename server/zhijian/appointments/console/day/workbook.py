"""A hall's day as a workbook (XLSX) in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from zhijian.appointments.queries.report import BookingLine, CounterLoad, GroupDayReport
from zhijian.core.sheets import workbook
from zhijian.core.zone import CHINA

_BOOKINGS = ("时段", "窗口组", "事项", "预约号", "姓名", "号别", "状态", "票号", "签到", "叫号", "窗口")
_SLOTS = ("窗口组", "时段", "事项", "号数", "已约", "已签到", "已办理", "未到场", "停用")
_GROUPS = (
    "窗口组",
    "预约",
    "现场号",
    "已办完",
    "过号",
    "离开",
    "未到场",
    "平均等候（分钟）",
    "平均用时（分钟）",
)
_COUNTERS = ("窗口", "在岗", "已办完", "平均用时（分钟）")


def day_workbook(
    bookings: Iterable[BookingLine], groups: Sequence[GroupDayReport], counters: Iterable[CounterLoad]
) -> bytes:
    loads = [(load.number, load.staff, load.served, load.mean_service) for load in counters]
    return workbook(
        {
            "预约": [_BOOKINGS, *map(_booking, bookings)],
            "时段": [_SLOTS, *_slots(groups)],
            "窗口组": [_GROUPS, *map(_group, groups)],
            "窗口": [_COUNTERS, *loads],
        }
    )


def _booking(line: BookingLine) -> Sequence[Any]:
    times = (_clock(line.arrived_at), _clock(line.called_at))
    facts = (line.group, line.item_name, line.number, line.name, line.pool, line.state, line.ticket)
    return (_clock(line.starts_at), *facts, *times, line.counter)


def _slots(groups: Sequence[GroupDayReport]) -> list[Sequence[Any]]:
    return [
        (
            group.name,
            f"{_clock(line.starts_at)}–{_clock(line.ends_at)}",
            line.item_name,
            line.seats,
            line.booked,
            line.arrived,
            line.served,
            line.missed,
            "停用" if line.closed else "",
        )
        for group in groups
        for line in group.slots
    ]


def _group(group: GroupDayReport) -> Sequence[Any]:
    counts = (group.booked, group.walk_ins, group.served, group.skipped, group.left, group.missed)
    return (group.name, *counts, group.mean_wait, group.mean_service)


def _clock(moment: datetime | None) -> str:
    return f"{moment.astimezone(CHINA):%H:%M}" if moment else ""
