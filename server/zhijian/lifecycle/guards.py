"""Conditions that life cycles share. Each answers in Chinese why not; empty = allowed. Pure."""

from typing import Protocol

from zhijian.lifecycle.table import every, when


class Facts(Protocol):
    """What the guards look at. ``extension`` is the state of the latest request, empty without one."""

    @property
    def extension(self) -> str: ...

    @property
    def asked_extension_self(self) -> bool: ...


_ANSWERED = {
    "approved": "这个延期申请已经批准，请刷新后查看",
    "denied": "这个延期申请已经答复不批准，请刷新后查看",
    "recalled": "这个延期申请已经撤回，请刷新后查看",
}


def recallable(facts: Facts) -> str:
    return "" if facts.extension == "pending" else _ANSWERED.get(facts.extension, "没有待审批的延期申请")


answerable = every(recallable, when("asked_extension_self", False, "延期不能由申请延期的人自己审批"))


def askable(facts: Facts) -> str:
    return {"pending": "延期申请正在审批", "approved": "延期只能批准一次"}.get(facts.extension, "")


def none_waits(facts: Facts) -> str:
    return "延期申请正在审批，请等待审批结果，或先撤回延期申请" if facts.extension == "pending" else ""
