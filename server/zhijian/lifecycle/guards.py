"""Conditions that life cycles share. Each answers in Chinese why not; empty = allowed. Pure."""

from typing import Protocol

from zhijian.lifecycle.table import every, when


class Facts(Protocol):
    """What the guards look at. ``extension`` is the state of the latest request, empty without one."""

    @property
    def extension(self) -> str: ...

    @property
    def asked_extension_self(self) -> bool: ...


recallable = when("extension", "pending", "没有待审批的延期申请")
answerable = every(recallable, when("asked_extension_self", False, "延期不能由申请延期的人自己审批"))


def askable(facts: Facts) -> str:
    return {"pending": "延期申请正在审批", "approved": "延期只能批准一次"}.get(facts.extension, "")


def none_waits(facts: Facts) -> str:
    return "延期申请正在审批，请等待审批结果，或先撤回延期申请" if facts.extension == "pending" else ""
