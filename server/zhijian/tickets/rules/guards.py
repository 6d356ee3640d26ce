"""Conditions on an action beyond state and role. Each answers in Chinese why not; empty = allowed."""

from dataclasses import dataclass

from zhijian.lifecycle.table import when


@dataclass(frozen=True, slots=True)
class Facts:
    """What guards look at: plain values taken from the ticket and who acts."""

    held_by_other: bool = False
    held_by_self: bool = False
    contacted: bool = False
    extension: str = ""  # that of the latest request: pending, approved, denied or recalled
    asked_extension_self: bool = False
    co_answer_open: bool = False
    waiting_over: bool = False
    reopen_open: bool = True
    parts_open: bool = False
    publication: str = ""  # draft, confirmed or withdrawn
    publication_pending: bool = False
    has_parent: bool = False
    goes_on_open: bool = True  # what it was merged into can still be withdrawn
    somebody_to_ask: bool = True  # a reporter is left who can answer


free = when("held_by_other", False, "这件诉求正由本部门其他人员办理，请先认领")
not_mine = when("held_by_self", False, "您已经是这件诉求的承办人")
not_contacted = when("contacted", False, "已经登记过先行联系")
co_answer_open = when("co_answer_open", True, "没有等待您部门答复的协办")
waiting_over = when("waiting_over", True, "等待回访的期限还没有到")
reopen_open = when("reopen_open", True, "已过可以要求重办的期限，请重新提交诉求")
parts_done = when("parts_open", False, "还有分办的诉求没有办结")
not_a_part = when("has_parent", False, "分办的诉求不能再拆分")
goes_on_open = when("goes_on_open", True, "合并办理的诉求已经有了结果，不能再撤回")
somebody_to_ask = when("somebody_to_ask", True, "反映人已经撤回，没有人可以补充，请继续办理")


def to_be_published(facts: Facts) -> str:
    return "" if facts.publication_pending else "请先拟公开稿，再核定公开"


def is_public(facts: Facts) -> str:
    return "" if facts.publication == "confirmed" else "这件诉求没有公开"
