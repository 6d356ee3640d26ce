"""Closures 停办 of a hall or a group, and their lifting."""

from datetime import datetime, timedelta

from zhijian.appointments import errors
from zhijian.appointments.actions.supply.applying import Written, check, write
from zhijian.appointments.models import Closure
from zhijian.appointments.queries.supply.changes import ClosureChange, LiftChange
from zhijian.core.errors import FieldError

_LONGEST = timedelta(days=366)


@check.register
def check_closure(change: ClosureChange, at: datetime) -> None:
    """Raises SupplyWrong."""
    faults = []
    if change.ends_at <= change.starts_at:
        faults.append(FieldError("/ends_at", "ends_at", "结束时间要晚于开始时间"))
    elif change.ends_at <= at:
        faults.append(FieldError("/ends_at", "ends_at", "这段时间已经过去"))
    elif change.ends_at - change.starts_at > _LONGEST:
        faults.append(FieldError("/ends_at", "ends_at", "一次停办最长一年"))
    if change.group is not None and change.group.hall_id != change.hall.pk:
        faults.append(FieldError("/group", "group", "请选择这个大厅的窗口组"))
    if not 2 <= len(change.reason.strip()) <= 200:
        faults.append(FieldError("/reason", "reason", "请写明原因（2至200个字），受影响的人会看到"))
    if faults:
        raise errors.SupplyWrong(fields=faults)


@write.register
def write_closure(change: ClosureChange, at: datetime) -> Written:
    closure = Closure.objects.create(
        hall=change.hall,
        group=change.group,
        starts_at=change.starts_at,
        ends_at=change.ends_at,
        reason=change.reason.strip(),
    )
    facts = {"hall": change.hall.code, "group": change.group.code if change.group else ""}
    return Written("supply.closed", f"closure:{closure.public_id}", facts)


@check.register
def check_lift(change: LiftChange, at: datetime) -> None:
    """Raises ClosureLifted when somebody else was first."""
    if not Closure.objects.filter(pk=change.closure.pk, lifted_at=None).exists():
        raise errors.ClosureLifted


@write.register
def write_lift(change: LiftChange, at: datetime) -> Written:
    Closure.objects.filter(pk=change.closure.pk).update(lifted_at=at)
    return Written("supply.reopened", f"closure:{change.closure.public_id}", {"hall": change.hall.code})
