"""What a rush may be like when it is arranged. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhijian.appointments.rules.states import RushMode
from zhijian.core.errors import FieldError

LONGEST_SPAN = 31  # days
FASTEST = 1_000  # people a second
LONGEST_WINDOW = 120  # minutes


@dataclass(frozen=True, slots=True)
class Plan:
    """A rush as it was typed in. In a draw ``per_second`` and ``window_minutes`` mean nothing."""

    name: str
    item_code: str
    first_date: date
    last_date: date
    mode: str
    joins_from: datetime
    opens_at: datetime
    closes_at: datetime
    per_second: int = 50
    window_minutes: int = 10
    name_en: str = ""


def faults(plan: Plan, now: datetime) -> list[FieldError]:
    """Everything that is wrong with a plan; empty if it may be arranged."""
    checks = (
        (not 2 <= len(plan.name) <= 60, "name", "length", "请填写名称，2到60个字"),
        (plan.mode not in RushMode.values, "mode", "choice", "请选择排队或抽签"),
        (plan.last_date < plan.first_date, "last_date", "order", "末日不能早于首日"),
        (plan.last_date - plan.first_date >= timedelta(days=LONGEST_SPAN), "last_date", "range", f"一场最多{LONGEST_SPAN}天"),
        (plan.opens_at <= now, "opens_at", "past", "开始时间要晚于现在"),
        (plan.joins_from > plan.opens_at, "joins_from", "order", "可以排队的时间不能晚于开始时间"),
        (plan.closes_at <= plan.opens_at, "closes_at", "order", "结束时间要晚于开始时间"),
        (plan.closes_at.date() > plan.last_date, "closes_at", "order", "结束时间不能晚于末日"),
        (not 1 <= plan.per_second <= FASTEST, "per_second", "range", f"每秒放行请填1到{FASTEST}"),
        (not 1 <= plan.window_minutes <= LONGEST_WINDOW, "window_minutes", "range", f"预约时间请填1到{LONGEST_WINDOW}分钟"),
    )  # fmt: skip
    return [FieldError(f"/{name}", code, words) for wrong, name, code, words in checks if wrong]
