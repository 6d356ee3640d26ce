"""The light's words: in the unit of the limit, honest about being late."""

from datetime import date, datetime, timedelta

import pytest

from zhijian.core.console_lights import Lamp, lamp
from zhijian.core.deadlines import LimitUnit
from zhijian.core.lights import Light
from zhijian.core.workdays import Workdays
from zhijian.core.zone import CHINA

CALENDAR = Workdays(days={date(2026, 10, day): False for day in range(1, 9)}, years=frozenset({2026}))
NOW = datetime(2026, 9, 28, 10, 0, tzinfo=CHINA)  # Monday before the holidays


def _lamp(due: datetime | None, light: Light, unit: LimitUnit = LimitUnit.WORKING_DAY) -> Lamp:
    return lamp(light, due, unit=unit, now=NOW, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("due", "light", "unit", "words"),
    [
        (NOW + timedelta(days=1), Light.GREEN, LimitUnit.WORKING_DAY, "还剩 1 个工作日"),
        (NOW + timedelta(days=11), Light.GREEN, LimitUnit.WORKING_DAY, "还剩 3 个工作日"),
        (NOW + timedelta(days=11), Light.GREEN, LimitUnit.DAY, "还剩 11 天"),
        (NOW + timedelta(hours=2, minutes=30), Light.YELLOW, LimitUnit.HOUR, "还剩 2 小时"),
        (NOW + timedelta(hours=8), Light.YELLOW, LimitUnit.WORKING_DAY, "今天到期"),
        (NOW - timedelta(days=4), Light.RED, LimitUnit.WORKING_DAY, "超期 2 个工作日"),
        (NOW - timedelta(hours=1), Light.RED, LimitUnit.WORKING_DAY, "刚刚超期"),
        (NOW + timedelta(days=3), Light.PAUSED, LimitUnit.WORKING_DAY, "暂停计时"),
        (None, Light.NONE, LimitUnit.WORKING_DAY, "不计时"),
    ],
)
def test_words(due: datetime | None, light: Light, unit: LimitUnit, words: str) -> None:
    assert _lamp(due, light, unit).words == words


def test_a_year_that_nobody_entered_is_counted_in_days() -> None:
    due = datetime(2027, 1, 4, 18, 0, tzinfo=CHINA)
    assert _lamp(due, Light.GREEN).words == "还剩 98 天"


def test_each_light_has_its_own_icon() -> None:
    icons = {_lamp(NOW, light).icon for light in Light}
    assert len(icons) == len(Light)
