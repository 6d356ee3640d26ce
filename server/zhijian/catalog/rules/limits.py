"""Time limits in words."""

from zhijian.catalog.spec import Limit
from zhijian.core.deadlines import LimitUnit

_WORDS = {
    LimitUnit.WORKING_DAY: ("个工作日", "working day"),
    LimitUnit.DAY: ("日", "day"),
    LimitUnit.HOUR: ("小时", "hour"),
}


def limit_text(limit: Limit | None) -> str:
    """``10个工作日``; ``即办`` for at once; empty when the law or the department states none."""
    if limit is None:
        return ""
    if limit.unit == LimitUnit.INSTANT:
        return "即办"
    return f"{limit.value}{_WORDS[limit.unit][0]}"


def limit_text_en(limit: Limit | None) -> str:
    if limit is None:
        return ""
    if limit.unit == LimitUnit.INSTANT:
        return "On the spot"
    word = _WORDS[limit.unit][1]
    return f"{limit.value} {word}" if limit.value == 1 else f"{limit.value} {word}s"
