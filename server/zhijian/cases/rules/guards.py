"""Conditions on an action beyond state and post. Each answers in Chinese why not; empty = allowed."""

from dataclasses import dataclass

from zhijian.lifecycle.guards import askable
from zhijian.lifecycle.table import every, when


@dataclass(frozen=True, slots=True)
class Facts:
    """What guards look at: plain values taken from the case, its item and who acts."""

    instant: bool = False
    corrected: bool = False
    separate_decision: bool = False
    acts_as_reviewer: bool = False
    held_by_other: bool = False
    held_by_self: bool = False
    holder_gone: bool = False  # left, or without a post for this step: the holder can do nothing with it
    notice_overdue: bool = False
    correction_overdue: bool = False
    has_limit: bool = True
    extension: str = ""  # that of the latest request: pending, approved or denied
    asked_extension_self: bool = False
    has_result: bool = True
    electronic: bool = True
    urged_today: bool = False


def free(facts: Facts) -> str:
    return "这个办件正由其他人员办理，请先接手或请对方转办" if facts.held_by_other else ""


def transferable(facts: Facts) -> str:
    """Whoever holds it hands it over; when the holder can't any more, a colleague may."""
    return "" if facts.holder_gone else free(facts)


once = when("corrected", False, "补正只能一次性告知一次，请直接受理或不予受理")
on_the_spot = every(
    when("instant", True, "只有即办件可以当场办结"),
    when("separate_decision", False, "该事项要求审查与决定分离，不能当场办结"),
)
other_person = when("acts_as_reviewer", False, "该事项要求审查与决定由不同人员作出")
correction_expired = when("correction_overdue", True, "申请人的补正期限还没有到")
physical = when("electronic", False, "申请人选择电子送达，结果制作后可以直接办结")
not_urged_today = when("urged_today", False, "今天已经催办过，请明天再试")
no_result = when("has_result", False, "该事项有结果证照，请先制作结果")


def decider(facts: Facts) -> str:
    return other_person(facts) if facts.separate_decision else ""


def extension_open(facts: Facts) -> str:
    if not facts.has_limit:
        return "该办件没有可以延长的办理时限"
    return askable(facts)
