"""Periods that 行政许可法 sets for a case, and the limit that binds a decision. Pure."""

from typing import Final

from zhijian.core.deadlines import Limit

NOTICE_DAYS: Final = 5  # 行政许可法 art. 32 (1) 4: correction is told within 5 days
DELIVERY_DAYS: Final = 10  # 行政许可法 art. 44
EXTENSION_DAYS: Final = 10  # 行政许可法 art. 42, at most, once
CORRECTION_DAYS: Final = 15  # ours: how long the applicant has; a longer one may be set in the notice


def extension_allowed(days: int) -> bool:
    return 1 <= days <= EXTENSION_DAYS


def decision_rule(promised: Limit | None, legal: Limit | None) -> tuple[Limit | None, str]:
    """The limit that binds (the promise, else the law's) and the rule in words."""
    if promised is not None:
        words = f"承诺办结时限{promised.words}"
        if legal is not None:
            words += f"（法定{legal.words}）"
        return promised, words + "，自受理之日起计算"
    if legal is not None:
        return legal, f"法定办结时限{legal.words}，自受理之日起计算"
    return None, "该事项没有规定办结时限"
